// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Error of a provider. Both formats have it in the member {@code error} of an object.
 *
 * @param code error code of the provider; empty if missing
 * @param message message for users, in one line of any length, as received; empty if missing
 */
public record ProviderError(String code, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the error from the body of an answer, whatever its format. */
    public static ProviderError read(String body) {
        try {
            return of(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return new ProviderError("", "");
        }
    }

    /** Reads the error from an answer, or from an event of a stream. */
    public static ProviderError of(JsonNode answer) {
        JsonNode error = answer.path("error");
        String code = error.path("code").isTextual()
                ? error.path("code").asText()
                : error.path("type").asText("");
        String message =
                error.isTextual() ? error.asText() : error.path("message").asText("");
        String line = message.replaceAll("\\s+", " ").strip();
        return new ProviderError(code, line);
    }
}
