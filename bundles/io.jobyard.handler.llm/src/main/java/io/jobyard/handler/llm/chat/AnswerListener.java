// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.RunProgress;

/** Listener for an answer while it arrives. Called on threads of the client, one after the other. */
@FunctionalInterface
public interface AnswerListener {

    /** Listener that ignores everything. */
    AnswerListener NONE = (endpoint, text, length) -> {};

    /** Returns a listener that emits the text and reports progress. */
    static AnswerListener telling(RunProgress context) {
        return (endpoint, text, length) -> {
            context.emit(text);
            context.progress(length, 0, "characters received from " + endpoint);
        };
    }

    /**
     * Reports new text, which may be empty.
     *
     * @param length total number of characters received before this text
     */
    void came(String endpoint, String text, long length);
}
