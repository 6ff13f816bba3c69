// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.settings.api.Sha256;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text form of labels. */
public final class Labels {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private Labels() {}

    public static @Nullable String write(Map<String, String> labels) {
        try {
            return labels.isEmpty() ? null : JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one label in the form that it has within a list of labels. */
    public static String pair(String label, String value) {
        String alone = String.valueOf(write(Map.of(label, value)));
        return alone.substring(1, alone.length() - 1);
    }

    /** Returns the fingerprint of a label for the search index: enough bits of a hash that two labels hardly ever collide. */
    public static long number(String label, String value) {
        return hash(pair(label, value));
    }

    /** Returns the fingerprint of a group. No label has this form. */
    public static long ofGroup(String group) {
        return hash("group " + group);
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(Sha256.of(text)).getLong();
    }

    public static Map<String, String> read(@Nullable String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
