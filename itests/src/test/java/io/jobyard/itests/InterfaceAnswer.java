// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answer of an interface, without ids and times, which differ between calls.
 *
 * @param code the error code; empty after success
 * @param field the invalid input of an error
 * @param text the message and the fix of an error, or the JSON of the result
 */
record InterfaceAnswer(String code, String field, String text) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern SECONDS = Pattern.compile("\"(\\w*[sS]econds)\":[0-9.E-]+");
    private static final Pattern MADE = Pattern.compile("\\bmade\\d+\\b");

    static InterfaceAnswer of(JsonNode json) {
        JsonNode error = json.has("error") && json.get("error").isObject() ? json.get("error") : json;
        if (error.has("code") && error.has("fix")) {
            return new InterfaceAnswer(
                    error.get("code").asText(),
                    error.get("field").asText(""),
                    masked(error.get("message").asText() + "; "
                            + error.get("fix").asText()));
        }
        return new InterfaceAnswer("", "", masked(json.toString()));
    }

    static String masked(String text) {
        String named = MADE.matcher(ID.matcher(text).replaceAll("ID")).replaceAll("NAME");
        return SECONDS.matcher(TIME.matcher(named).replaceAll("TIME")).replaceAll("\"$1\":0");
    }

    /** Returns how this answer to invalid inputs is not the answer that every interface gives. */
    Optional<String> wrongFor(String invalid) {
        boolean isAsDeclared = code.equals("validation") && (field.equals(invalid) || field.startsWith(invalid));
        return isAsDeclared ? Optional.empty() : Optional.of(toString());
    }
}
