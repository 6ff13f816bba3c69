// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.handler.llm.chat.ModelAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Result of a turn, which a step stores.
 *
 * @param shortenedBy bound that limited the length of the answer; null if the endpoint's own limit did
 */
record AgentTurn(ModelAnswer answer, @Nullable String shortenedBy) {

    private static final String LENGTH = "length";
    private static final String FILTERED = "content_filter";
    private static final String DONE = "done";

    /** Returns whether the answer is incomplete. The agent then executes none of its calls. */
    boolean cutOff() {
        return answer.finishReason().equals(LENGTH) || answer.finishReason().equals(FILTERED);
    }

    boolean asksForTools() {
        return !cutOff() && !answer.toolCalls().isEmpty();
    }

    /** Returns the reason why the agent ends if this is its last turn. */
    String end() {
        if (!cutOff()) {
            return DONE;
        }
        return shortenedBy != null && answer.finishReason().equals(LENGTH) ? shortenedBy : answer.finishReason();
    }
}
