// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.settings.api.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fingerprint that detects equal requests. Whitespace and the order of fields make no difference. */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * Returns the fingerprint of a request.
     *
     * @param what the kind of request, in a word or two
     * @param values the values of the request, each a JSON value of maps, lists, texts, numbers, truth values and nulls
     * @return 64 hexadecimal digits
     */
    public static String of(String what, Iterable<?> values) {
        MessageDigest digest = Sha256.begin();
        digest.update(what.getBytes(StandardCharsets.UTF_8));
        for (Object each : values) {
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
}
