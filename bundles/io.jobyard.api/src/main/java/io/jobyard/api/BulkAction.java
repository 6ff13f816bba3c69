// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Operation on each job that a filter matches. */
public enum BulkAction {
    /** Cancels waiting, queued and running jobs, as {@link JobManager#cancel} does. */
    CANCEL(EnumSet.of(JobStatus.WAITING, JobStatus.QUEUED, JobStatus.RUNNING)),
    /** Retries jobs that failed or were cancelled, as {@link JobManager#retry} does. */
    RETRY(EnumSet.of(JobStatus.FAILED, JobStatus.CANCELLED)),
    /** Changes the terms of jobs that have not started, as {@link JobManager#change} does. */
    CHANGE(EnumSet.of(JobStatus.WAITING, JobStatus.QUEUED)),
    /** Removes finished jobs, except dependencies of unfinished jobs. */
    DELETE(EnumSet.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)),
    /** Makes jobs ready that wait for time, as {@link JobManager#runNow} does. */
    RUN_NOW(EnumSet.of(JobStatus.WAITING));

    private final Set<JobStatus> statuses;

    BulkAction(Set<JobStatus> statuses) {
        this.statuses = statuses;
    }

    /** {@return the text form, for example {@code run-now}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Parses an action.
     *
     * @param text from {@link #text()}
     * @throws ValidationException if the name is unknown
     */
    public static BulkAction of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown bulk action '" + text + "'; use one of "
                        + Arrays.stream(values()).map(BulkAction::text).toList()));
    }

    /** Returns whether the action applies to a job in this status. A bulk operation skips all other jobs. */
    public boolean appliesTo(JobStatus status) {
        return statuses.contains(status);
    }
}
