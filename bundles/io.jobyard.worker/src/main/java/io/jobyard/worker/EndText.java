// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Messages about a run that must end early. */
final class EndText {

    private EndText() {}

    static String of(EndReason reason, @Nullable Instant at, Duration silence) {
        String why = switch (reason) {
            case TIMEOUT -> "its timeout has passed";
            case DEADLINE -> "its deadline has passed";
            case HEARTBEAT -> "its handler has not called its context for " + silence.toSeconds() + " s";
            case CANCELLED -> "its job was cancelled";
            case GIVEN_BACK -> "its handler's bundle or the host is stopping";
            case LEASE_LOST -> "the database has not renewed the host's lease, or another run has the job";
        };
        return "interrupted" + (at == null ? "" : " at " + at) + ": " + why;
    }

    /** Returns text about a run that may finish before the given time. */
    static String leaves(String who, Instant at) {
        return who + " is stopping: the run has until " + at
                + " to finish, then it is interrupted and its job is requeued";
    }
}
