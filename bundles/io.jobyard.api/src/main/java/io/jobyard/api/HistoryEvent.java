// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change in a job's life.
 *
 * @param who who caused it: the name of a user or a bundle, with who speaks for a user, such as {@code ann, by administrator
 *     root}; or {@link #HOST}
 * @param from the status before; null for the admission
 * @param to the status after
 * @param reason why, where the status alone does not say; else null
 * @param run the latest run, after the change
 * @param why the same in words, such as an error or when the next attempt is due; may be empty
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

    /** Puts U+FFFD in the place of what not every store can hold in the words: U+0000 and halves of surrogate pairs. */
    public HistoryEvent {
        who = StorableText.of(who);
        why = StorableText.of(why);
    }
}
