// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.handler.llm.chat.ModelAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a turn gave. A step stores it.
 *
 * @param shortenedBy the bound that let the answer be no longer; null if the endpoint's own did
 */
record AgentTurn(ModelAnswer answer, @Nullable String shortenedBy) {

    private static final String LENGTH = "length";
    private static final String FILTERED = "content_filter";
    private static final String DONE = "done";

    /** Whether it is not whole: then nothing in it is acted on. */
    boolean cutOff() {
        return answer.finishReason().equals(LENGTH) || answer.finishReason().equals(FILTERED);
    }

    boolean asksForTools() {
        return !cutOff() && !answer.toolCalls().isEmpty();
    }

    /** Returns why the agent ends if this is its last turn. */
    String end() {
        if (!cutOff()) {
            return DONE;
        }
        return shortenedBy != null && answer.finishReason().equals(LENGTH) ? shortenedBy : answer.finishReason();
    }
}
