// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people are told of a run that is to end early. */
final class EndText {

    private EndText() {}

    static String of(EndReason reason, @Nullable Instant at, Duration silence) {
        String why = switch (reason) {
            case TIMEOUT -> "it has reached its timeout";
            case DEADLINE -> "the deadline of its job has passed";
            case HEARTBEAT -> "its handler has shown no sign of life for " + silence.toSeconds() + " s";
            case CANCELLED -> "its job is to be cancelled";
            case GIVEN_BACK -> "its handler's bundle or the host stops";
            case LEASE_LOST -> "the database has not renewed the lease of its host, or another run has its job";
        };
        return "interrupted" + (at == null ? "" : " at " + at) + ": " + why;
    }

    /** Of a run that may end by itself until then. */
    static String leaves(String who, Instant at) {
        return who + " stops: the run has until " + at + " to end, then it is interrupted and its job is ready again";
    }
}
