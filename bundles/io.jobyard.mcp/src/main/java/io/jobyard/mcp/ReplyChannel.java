// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.Map;

/** The way back to the client whose message is answered. */
interface ReplyChannel {

    /** Carries one answer and nothing else. */
    ReplyChannel ANSWER_ALONE = new ReplyChannel() {
        @Override
        public boolean carriesMore() {
            return false;
        }

        @Override
        public void tell(Map<String, ?> notification) {
            throw new IllegalStateException("it carries an answer alone");
        }
    };

    /** Whether it carries notifications before the answer, and answers that go on. */
    boolean carriesMore();

    /** Whether it carries notifications between requests. */
    default boolean staysOpen() {
        return false;
    }

    /** Sends a notification. Without effect if the client is gone. */
    void tell(Map<String, ?> notification);

    /** The client has sent a notification. */
    default void heard(RpcRequest notification) {
        // nothing is kept of a client
    }
}
