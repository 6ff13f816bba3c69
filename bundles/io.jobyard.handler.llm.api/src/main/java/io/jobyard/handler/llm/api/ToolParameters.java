// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one call, with common checks. Immutable. A null counts as a missing parameter.
 *
 * <p>An invalid value throws {@link InvalidParameterException}, which names the tool, the parameter, the accepted
 * values and the value given.
 */
public final class ToolParameters {

    private static final int SHOWN_CHARACTERS = 40;

    private final String tool;
    private final Map<String, Object> values;

    /** Wraps the parameters of a job, a JSON object; messages name the tool. */
    public ToolParameters(String tool, Map<String, Object> values) {
        this.tool = tool;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns all parameters, an unmodifiable JSON object, for checks that this class does not offer. */
    public Map<String, Object> values() {
        return values;
    }

    /**
     * Rejects unknown parameters, so that a misspelled name is not ignored.
     *
     * @throws InvalidParameterException if there is an unknown parameter
     */
    public void only(String... known) {
        List<String> names = List.of(known);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidParameterException(
                        tool + ": unknown parameter " + name + "; use one of " + String.join(", ", names));
            }
        }
    }

    /**
     * Returns a required text.
     *
     * @return the text; may be empty
     * @throws InvalidParameterException if it is missing or not a text
     */
    public String text(String name) {
        Object value = required(name);
        if (value instanceof String text) {
            return text;
        }
        throw invalid(name, "a string", value);
    }

    /**
     * Returns a required whole number.
     *
     * @throws InvalidParameterException if it is missing, not a whole number or out of range
     */
    public int integer(String name, int least, int most) {
        Object value = required(name);
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= least
                && number.intValue() <= most) {
            return number.intValue();
        }
        throw invalid(name, "a whole number from " + least + " to " + most, value);
    }

    /**
     * Returns an optional whole number.
     *
     * @throws InvalidParameterException if it is not a whole number or out of range
     */
    public int integer(String name, int absent, int least, int most) {
        return values.get(name) == null ? absent : integer(name, least, most);
    }

    private Object required(String name) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            throw new InvalidParameterException(name + " is required for " + tool);
        }
        return value;
    }

    private InvalidParameterException invalid(String name, String must, Object value) {
        String shown = value instanceof String ? "\"" + value + "\"" : value.toString();
        if (shown.length() > SHOWN_CHARACTERS) {
            shown = shown.substring(0, SHOWN_CHARACTERS) + "…";
        }
        return new InvalidParameterException(name + " must be " + must + " for " + tool + ", but is " + shown);
    }
}
