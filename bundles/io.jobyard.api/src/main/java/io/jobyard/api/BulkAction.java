// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Operation on each job that a filter matches. */
public enum BulkAction {
    /** Ends jobs that wait, are queued or run, as {@link JobManager#cancel} does. */
    CANCEL(EnumSet.of(JobStatus.WAITING, JobStatus.QUEUED, JobStatus.RUNNING)),
    /** Retries jobs that failed or were cancelled, as {@link JobManager#retry} does. */
    RETRY(EnumSet.of(JobStatus.FAILED, JobStatus.CANCELLED)),
    /** Changes what was agreed about jobs that have not started, as {@link JobManager#change} does. */
    CHANGE(EnumSet.of(JobStatus.WAITING, JobStatus.QUEUED)),
    /** Removes jobs that have ended; not those that others which have not ended depend on. */
    DELETE(EnumSet.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)),
    /** Makes jobs ready that wait for time, as {@link JobManager#runNow} does. */
    RUN_NOW(EnumSet.of(JobStatus.WAITING));

    private final Set<JobStatus> statuses;

    BulkAction(Set<JobStatus> statuses) {
        this.statuses = statuses;
    }

    /**
     * The name as people write it.
     *
     * @return such as {@code run-now}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The action of a name.
     *
     * @param text as {@link #text()} gives it
     * @throws ValidationException if there is none of that name
     */
    public static BulkAction of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("there is no bulk action '" + text + "'; use one of "
                        + Arrays.stream(values()).map(BulkAction::text).toList()));
    }

    /** Whether it can be done to a job in that status. Others are passed over. */
    public boolean appliesTo(JobStatus status) {
        return statuses.contains(status);
    }
}
