// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Status and reason of a job as one byte of the search index. */
public final class StateCode {

    /** Code for a removed job. */
    public static final byte GONE = 0;

    /** Number of codes. */
    public static final int COUNT = 128;

    /** Reasons by their stored number. Add new reasons only to the end of {@link #LATER}. */
    private static final List<Reason> REASONS = List.of(
            Reason.DEPENDENCIES,
            Reason.TIME,
            Reason.RETRY,
            Reason.RATE_LIMITED,
            Reason.SLEEP,
            Reason.DEPENDENCY,
            Reason.EXPIRED,
            Reason.UNKNOWN_TYPE,
            Reason.ERROR,
            Reason.TIMEOUT,
            Reason.CRASH,
            Reason.INTERRUPTED,
            Reason.HOST_LOST,
            Reason.PAUSED);

    /** Reasons whose codes follow all other codes. No further code fits. */
    private static final List<Reason> LATER =
            List.of(Reason.SIGNAL, Reason.CHILDREN, Reason.CALLBACK, Reason.PROGRESS, Reason.CANARY_GONE);

    private static final int PER_STATUS = 16;
    private static final int PER_LATER = 6;
    private static final int FIRST_LATER = 1 + PER_LATER * PER_STATUS;

    private StateCode() {}

    public static byte of(JobStatus status, @Nullable Reason reason) {
        int position = FeedBody.STATUSES.indexOf(status);
        int later = reason == null ? -1 : LATER.indexOf(reason);
        int beside = reason == null ? 0 : REASONS.indexOf(reason) + 1;
        return (byte) (later < 0 ? 1 + position * PER_STATUS + beside : FIRST_LATER + later * PER_LATER + position);
    }

    public static JobStatus status(int code) {
        return FeedBody.STATUSES.get(code < FIRST_LATER ? (code - 1) / PER_STATUS : (code - FIRST_LATER) % PER_LATER);
    }

    public static @Nullable Reason reason(int code) {
        if (code >= FIRST_LATER) {
            return LATER.get((code - FIRST_LATER) / PER_LATER);
        }
        int reason = (code - 1) % PER_STATUS;
        return reason == 0 ? null : REASONS.get(reason - 1);
    }

    /** Returns, for each code, whether a filter matches it. */
    public static boolean[] meant(JobFilter filter) {
        boolean[] meant = new boolean[COUNT];
        List<@Nullable Reason> reasons = new ArrayList<>(List.of(Reason.values()));
        reasons.add(null);
        for (JobStatus status : FeedBody.STATUSES) {
            for (Reason reason : reasons) {
                meant[of(status, reason)] = (filter.state().statuses().isEmpty()
                                || filter.state().statuses().contains(status))
                        && (filter.state().reasons().isEmpty()
                                || reason != null && filter.state().reasons().contains(reason));
            }
        }
        return meant;
    }
}
