// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call as the server has read it.
 *
 * @param kind what it asks for
 * @param key the caller's key; empty if it brought none
 * @param model the model it names
 * @param prompt the text of its latest message, or of its first text to embed
 * @param number how many calls of this key and kind had that prompt, this one included: from 1
 * @param isStream whether the answer comes in pieces
 * @param body as it came
 */
public record SeenCall(
        Kind kind, String key, String model, String prompt, int number, boolean isStream, JsonNode body) {

    /** What a call asks for. */
    public enum Kind {
        /** The next message of a conversation. */
        CHAT,
        /** The vectors of texts. */
        EMBEDDINGS
    }
}
