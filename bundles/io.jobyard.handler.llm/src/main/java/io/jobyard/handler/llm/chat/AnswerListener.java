// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.RunProgress;

/** Listener for an answer while it arrives, on the thread that called the model. */
@FunctionalInterface
public interface AnswerListener {

    /** Hears nothing. */
    AnswerListener NONE = (endpoint, text, length) -> {};

    /** Returns a listener that emits the text and reports progress. */
    static AnswerListener telling(RunProgress context) {
        return (endpoint, text, length) -> {
            context.emit(text);
            context.progress(length, 0, "characters received from " + endpoint);
        };
    }

    /**
     * Some of it has come.
     *
     * @param endpoint that answers
     * @param text what is new; may be empty
     * @param length the characters that have come by now
     */
    void came(String endpoint, String text, long length);
}
