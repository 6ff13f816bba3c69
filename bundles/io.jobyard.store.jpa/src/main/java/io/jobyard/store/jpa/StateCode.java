// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status and the reason of a job as one byte of the search index. */
final class StateCode {

    /** Of a place whose job is not there any more. */
    static final byte GONE = 0;

    /** How many there are. */
    static final int COUNT = 128;

    /** Stored as numbers: what is new comes last, and there is room for one more. */
    static final List<Reason> REASONS = List.of(
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

    private static final int PER_STATUS = 16;

    private StateCode() {}

    static byte of(JobStatus status, @Nullable Reason reason) {
        int beside = reason == null ? 0 : REASONS.indexOf(reason) + 1;
        return (byte) (1 + FeedBody.STATUSES.indexOf(status) * PER_STATUS + beside);
    }

    static JobStatus status(int code) {
        return FeedBody.STATUSES.get((code - 1) / PER_STATUS);
    }

    static @Nullable Reason reason(int code) {
        int reason = (code - 1) % PER_STATUS;
        return reason == 0 ? null : REASONS.get(reason - 1);
    }

    /** Which codes are meant. */
    static boolean[] meant(JobFilter filter) {
        boolean[] meant = new boolean[COUNT];
        for (JobStatus status : FeedBody.STATUSES) {
            for (int n = 0; n <= REASONS.size(); n++) {
                Reason reason = n == 0 ? null : REASONS.get(n - 1);
                meant[of(status, reason)] = (filter.status() == null || filter.status() == status)
                        && (filter.reason() == null || filter.reason() == reason);
            }
        }
        return meant;
    }
}
