// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Content of a file in {@code etc/}: {@link Properties} in UTF-8; every value is a text.
 *
 * @param fault why the file is invalid; null for a valid file
 */
record FileContent(Map<String, String> values, @Nullable String fault) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static FileContent read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (CharacterCodingException e) {
            return new FileContent(Map.of(), "it is not UTF-8");
        } catch (AccessDeniedException e) {
            return new FileContent(Map.of(), "the host's user has no permission to read it");
        } catch (NoSuchFileException e) {
            return new FileContent(Map.of(), "it is a dangling link");
        } catch (IOException e) {
            return new FileContent(Map.of(), String.valueOf(e.getMessage()));
        }
    }

    static FileContent of(String text) {
        Set<String> twice = new TreeSet<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (containsKey(key)) {
                    twice.add(key.toString());
                }
                return super.put(key, value);
            }
        };
        try {
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (IOException | IllegalArgumentException e) {
            return new FileContent(Map.of(), String.valueOf(e.getMessage()));
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return new FileContent(values, fault(values.keySet(), twice));
    }

    /**
     * Returns the fault of a file. Config Admin accepts no empty key and no duplicate; for a duplicate key, the
     * intended value is unknown.
     */
    private static @Nullable String fault(Set<String> keys, Set<String> twice) {
        if (!twice.isEmpty()) {
            return "duplicate key " + String.join(" and ", twice);
        }
        Set<String> sameInAnyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : keys) {
            if (key.isEmpty() || !sameInAnyCase.add(key)) {
                return key.isEmpty() ? "a line begins without a key" : "duplicate key " + key;
            }
        }
        return null;
    }
}
