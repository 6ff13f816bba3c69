// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Parsed call.
 *
 * @param kind the kind of call
 * @param key the caller's key; empty without a key
 * @param model the requested model
 * @param prompt the text of the latest message, or the first text to embed
 * @param number the number of calls with this key, kind and prompt, including this one
 * @param isStream whether the caller requested a stream
 * @param body the unchanged body
 */
public record SeenCall(
        Kind kind, String key, String model, String prompt, int number, boolean isStream, JsonNode body) {

    /** Kind of call. */
    public enum Kind {
        /** Next message of a conversation. */
        CHAT,
        /** Vectors of texts. */
        EMBEDDINGS
    }
}
