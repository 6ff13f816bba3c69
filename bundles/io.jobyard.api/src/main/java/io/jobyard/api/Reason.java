// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a job is in the status it is in, where the status alone does not say. */
public enum Reason {
    /** Waiting: jobs it depends on are not finished. */
    DEPENDENCIES,
    /** Waiting: its time has not come. */
    TIME,
    /** Waiting: a run failed or timed out and the next attempt is due later. */
    RETRY,
    /** Waiting: its handler exceeded a provider's limit and got a time for the next call. */
    RATE_LIMITED,
    /** Waiting: its handler gave its worker back for a while. */
    SLEEP,
    /** Waiting: its handler waits for a signal. */
    SIGNAL,
    /** Waiting: its handler waits for jobs that it has submitted. */
    CHILDREN,
    /** Waiting: its handler waits for an answer from outside. */
    CALLBACK,
    /** Waiting: somebody paused it. */
    PAUSED,
    /** Failed or cancelled: a job it depends on ended badly. */
    DEPENDENCY,
    /**
     * Failed: its {@code expires} passed while it waited or was queued, before its start or between two attempts; or its
     * {@code deadline} passed before it had ended.
     */
    EXPIRED,
    /** Failed: no handler ever served its type while it waited for one. */
    UNKNOWN_TYPE,
    /** Failed: its handler failed and no attempt is left, or the failure is final. */
    ERROR,
    /** Failed: its last attempt ran longer than its timeout. */
    TIMEOUT,
    /** Failed: it was running alone at each of several losses of its host. */
    CRASH,
    /** Queued again: its run was requeued because its handler left or the host stopped. */
    INTERRUPTED,
    /** Queued again: the host that ran it ended without a word. */
    HOST_LOST,
    /** Queued again: its run reached its timeout, and had stored a new step. */
    PROGRESS,
    /** Queued again: the canary that ran it was quarantined, rolled back, replaced or deleted. */
    CANARY_GONE;

    /**
     * The reason as it is shown, stored and read.
     *
     * @return the lower-case name, words apart
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Reads a reason from its text.
     *
     * @param text what {@link #text()} gives, in any case, its words apart or with hyphens between them
     * @throws ValidationException if there is no such reason
     */
    public static Reason of(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new ValidationException("there is no reason '" + text + "'; use one of "
                    + Arrays.stream(values()).map(Reason::text).collect(Collectors.joining(", ")));
        }
    }
}
