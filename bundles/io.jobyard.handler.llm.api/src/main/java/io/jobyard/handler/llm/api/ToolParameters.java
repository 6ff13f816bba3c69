// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one call, and the usual checks. Immutable. A null counts as a parameter that was not given.
 *
 * <p>What does not fit throws {@link InvalidParameterException}, which names the tool, the parameter, what it must be
 * and what it is.
 */
public final class ToolParameters {

    private static final int SHOWN_CHARACTERS = 40;

    private final String tool;
    private final Map<String, Object> values;

    /**
     * Wraps what a job gave.
     *
     * @param tool the tool's name, for messages
     * @param values the parameters, a JSON object
     */
    public ToolParameters(String tool, Map<String, Object> values) {
        this.tool = tool;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * All parameters, for what the checks here do not cover.
     *
     * @return a JSON object, unmodifiable
     */
    public Map<String, Object> values() {
        return values;
    }

    /**
     * Refuses parameters that the tool does not know, so that a misspelt one is not taken for absent.
     *
     * @param known the names of those it knows
     * @throws InvalidParameterException if there is another
     */
    public void only(String... known) {
        List<String> names = List.of(known);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidParameterException(
                        tool + " has no parameter " + name + "; it takes " + String.join(", ", names));
            }
        }
    }

    /**
     * A text that must be given.
     *
     * @param name the parameter
     * @return the text; may be empty
     * @throws InvalidParameterException if it is missing or no text
     */
    public String text(String name) {
        Object value = required(name);
        if (value instanceof String text) {
            return text;
        }
        throw invalid(name, "a string", value);
    }

    /**
     * A whole number that must be given.
     *
     * @param name the parameter
     * @throws InvalidParameterException if it is missing, no whole number or out of range
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
     * A whole number that may be left out.
     *
     * @param name the parameter
     * @throws InvalidParameterException if it is no whole number or out of range
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
