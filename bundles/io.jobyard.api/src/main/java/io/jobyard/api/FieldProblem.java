// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.regex.Pattern;

/**
 * Problem of one part of the input.
 *
 * @param field path of the part, for example {@code priority}, {@code jobs[3].payload.url} or {@code labels["a.b"]}
 */
public record FieldProblem(String field, String message) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    /**
     * Returns this problem with its path in an enclosing value.
     *
     * @param outer path of this value in the enclosing value
     * @return problem with the path from the enclosing value
     */
    public FieldProblem in(String outer) {
        return new FieldProblem(outer + (field.startsWith("[") ? "" : ".") + field, message);
    }

    /**
     * Returns the path of a member of an object.
     *
     * @param outer the path of the object; empty for the whole
     * @param key the name of the member
     * @return path, for example {@code labels.tenant}
     */
    public static String path(String outer, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return outer + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return outer.isEmpty() ? key : outer + "." + key;
    }

    /**
     * Returns the path of an element of a list.
     *
     * @param outer the path of the list; empty for the whole
     * @param index index of the element, from 0
     * @return path, for example {@code jobs[3]}
     */
    public static String path(String outer, int index) {
        return outer + "[" + index + "]";
    }
}
