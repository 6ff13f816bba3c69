// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a job.
 *
 * @param who origin of the change: the name of a user or a bundle, with the caller that acts as the user, for example {@code ann, by
 * administrator root}; or {@link #HOST}
 * @param from status before the change; null for the admission
 * @param to status after the change
 * @param reason explanation of the status; null if none is needed
 * @param run latest run after the change
 * @param why explanation in words, for example an error or the time of the next attempt; may be empty
 */
public record HistoryEvent(
        Instant at,
        String who,
        @Nullable JobStatus from,
        JobStatus to,
        @Nullable Reason reason,
        HistoryRun run,
        String why) {

    /**
     * Latest run of a job after a change.
     *
     * @param host host of the run; null before the first run
     * @param number number of the run; 0 before the first run
     * @param handler for the start of a run, its handler, or null if the handler left before the start; for an admission, and for a submit
     * that replaced the job, the handler that its payload was made for, or null if the type had none; otherwise null
     */
    public record HistoryRun(
            @Nullable String host,
            int number,
            int attempt,
            @Nullable HandlerName handler) {}

    /** Origin of changes that no user requested: the host itself. */
    public static final String HOST = "jobyard";

    /** Replaces characters that not every store can hold by U+FFFD: U+0000 and unpaired surrogates. */
    public HistoryEvent {
        who = StorableText.of(who);
        why = StorableText.of(why);
    }
}
