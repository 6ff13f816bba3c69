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

/** Tells whether two requests ask for the same: blanks and the order of fields make no difference. */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * Of a request.
     *
     * @param what what is asked for, in a word or two
     * @param values with what, each a JSON value of maps, lists, texts, numbers, truth values and nulls
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
