// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.JsonWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells whether two requests ask for the same: blanks and the order of fields make no difference. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(HttpServletRequest http, Iterable<?> body) {
        MessageDigest digest = sha256();
        digest.update((http.getMethod() + " " + http.getRequestURI()).getBytes(StandardCharsets.UTF_8));
        for (Object each : body) {
            digest.update(
                    ("\n" + JsonWriter.compact(Objects.requireNonNull(sorted(each)))).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            object.forEach((name, inner) -> sorted.put(String.valueOf(name), sorted(inner)));
            return sorted;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> sorted = new ArrayList<>();
            list.forEach(inner -> sorted.add(sorted(inner)));
            return sorted;
        }
        return value;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
