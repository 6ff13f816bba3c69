// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reason for a status, if the status alone does not explain it. */
public enum Reason {
    /** Waiting: jobs that it depends on have not finished. */
    DEPENDENCIES,
    /** Waiting: its start time is in the future. */
    TIME,
    /** Waiting: a run failed or timed out, and the next attempt is due later. */
    RETRY,
    /** Waiting: its handler exceeded a provider's limit, and the provider named the time of the next call. */
    RATE_LIMITED,
    /** Waiting: its handler sleeps without a worker. */
    SLEEP,
    /** Waiting: its handler waits for a signal. */
    SIGNAL,
    /** Waiting: its handler waits for jobs that it has submitted. */
    CHILDREN,
    /** Waiting: its handler waits for an external answer. */
    CALLBACK,
    /** Waiting: paused by a user. */
    PAUSED,
    /** Failed or cancelled: a job that it depends on failed or was cancelled. */
    DEPENDENCY,
    /**
     * Failed: its {@code expires} passed while it waited or was queued, before its start or between two attempts; or its
     * {@code deadline} passed before it had ended.
     */
    EXPIRED,
    /** Failed: no handler has ever served its type. */
    UNKNOWN_TYPE,
    /** Failed: its handler failed, and no attempt is left or a retry is useless. */
    ERROR,
    /** Failed: its last attempt ran longer than its timeout. */
    TIMEOUT,
    /** Failed: its host was lost several times while the job ran alone. */
    CRASH,
    /** Queued again: its handler left or the host stopped, so its run was requeued. */
    INTERRUPTED,
    /** Queued again: the host that ran it was lost. */
    HOST_LOST,
    /** Queued again: its run reached its timeout, and had stored a new step. */
    PROGRESS,
    /** Queued again: the canary that ran it was quarantined, rolled back, replaced or deleted. */
    CANARY_GONE;

    /** {@return the text form of the reason, the lower-case name, words separated} */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Parses a reason.
     *
     * @param text from {@link #text()}, in any case, with blanks or hyphens between the words
     * @throws ValidationException if the reason is unknown
     */
    public static Reason of(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new ValidationException("unknown reason '" + text + "'; use one of "
                    + Arrays.stream(values()).map(Reason::text).collect(Collectors.joining(", ")));
        }
    }
}
