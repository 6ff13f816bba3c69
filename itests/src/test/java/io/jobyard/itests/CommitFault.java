// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.time.Duration;

/** What happens to a commit on its way. */
record CommitFault(Kind kind, Duration delay) {

    enum Kind {
        /** The database makes it, and the connection is cut before the host has the answer. */
        ANSWER_LOST,
        /** The connection is cut, and what was said last reaches the database all the same, so much later. */
        LATE
    }
}
