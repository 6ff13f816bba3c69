// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/** Status in a job's life cycle. The page "States of a job" in the reference shows the transitions. */
public enum JobStatus {
    /** Waiting, for example for its start time, other jobs, a signal or its next attempt. */
    WAITING,
    /** Ready: the host starts it in order of priority, fair share and age, if no gate blocks its lane. */
    QUEUED,
    /** Assigned to a worker of a host, or running there. */
    RUNNING,
    /** Finished successfully: the handler returned, and the result is stored. */
    COMPLETED,
    /** Finished without success; the reason and the error explain why. An operator can retry the job. */
    FAILED,
    /** Ended by a user, or by the policy of a dependency. An operator can retry the job. */
    CANCELLED;

    /** {@return whether the job has finished: true for completed, failed and cancelled} */
    public boolean isFinished() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** {@return the text form of the status, the lower-case name} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a status.
     *
     * @param text one of the names, in any case
     * @throws ValidationException if the name is unknown
     */
    public static JobStatus of(String text) {
        for (JobStatus status : values()) {
            if (status.text().equalsIgnoreCase(text)) {
                return status;
            }
        }
        throw new ValidationException(
                "unknown status '" + text + "'; use waiting, queued, running, completed, failed or cancelled");
    }
}
