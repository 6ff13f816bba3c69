// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a job.
 *
 * @param who origin of the change: the name of a user or a bundle, with the caller that acts as the user, for example {@code ann, by
 *     administrator root}; or {@link #HOST}
 * @param from the status before; null for the admission
 * @param to the status after
 * @param reason explanation of the status if needed; otherwise null
 * @param run the latest run, after the change
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
     * Latest run after a change.
     *
     * @param host the host of the run; null before the first
     * @param number number of the run; 0 before the first
     * @param handler for the start of a run, its handler, or null if the handler left before the start; for an admission, and for a submit
     *     that replaced the job, the handler that its payload was made for, or null if the type had none; otherwise null
     */
    public record HistoryRun(
            @Nullable String host,
            int number,
            int attempt,
            @Nullable HandlerName handler) {}

    /** The host itself, as the origin of changes that no user requested. */
    public static final String HOST = "jobyard";

    /** Replaces characters that not every store can hold by U+FFFD: U+0000 and unpaired surrogates. */
    public HistoryEvent {
        who = StorableText.of(who);
        why = StorableText.of(why);
    }
}
