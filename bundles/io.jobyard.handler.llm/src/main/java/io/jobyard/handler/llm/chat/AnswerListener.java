// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.RunProgress;

/** Hears an answer as it comes, on the thread that asks. */
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

    /** Adds new text, which may be empty, after {@code length} characters in all. */
    void came(String endpoint, String text, long length);
}
