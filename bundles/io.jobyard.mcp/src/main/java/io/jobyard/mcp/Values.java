// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Helpers for JSON objects as maps. */
final class Values {

    private Values() {}

    /** Returns the members of an object, including nulls; empty if the value is not an object. */
    static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> object.put(name.toString(), member));
        }
        return object;
    }

    /** Returns the members of both objects, those of the first before those of the second. */
    static Map<String, Object> joined(Map<String, ?> first, Map<String, ?> second) {
        Map<String, Object> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
