// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.Map;

/** Channel for replies to the client that sent a message. */
interface ReplyChannel {

    /** Carries only one answer. */
    ReplyChannel ANSWER_ALONE = new ReplyChannel() {
        @Override
        public boolean carriesMore() {
            return false;
        }

        @Override
        public void tell(Map<String, ?> notification) {
            throw new IllegalStateException("this channel accepts only an answer");
        }
    };

    /** Returns whether the channel carries notifications before the answer, and streamed answers. */
    boolean carriesMore();

    /** Returns whether the channel carries notifications between requests. */
    default boolean staysOpen() {
        return false;
    }

    /** Sends a notification. Has no effect if the client has disconnected. */
    void tell(Map<String, ?> notification);

    /** Handles a notification from the client. */
    default void heard(RpcRequest notification) {
        // no state is kept for a client
    }
}
