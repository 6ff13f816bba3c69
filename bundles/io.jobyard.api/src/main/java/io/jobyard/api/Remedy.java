// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Operation or view of the host that helps with a {@link Finding}. Each interface knows how to request it.
 *
 * @param name name of a type, a schedule, a bundle, a limit or a queue; empty if it applies to none
 */
public record Remedy(RemedyKind kind, String name) {

    /** What helps. */
    public enum RemedyKind {
        /** Shows the running jobs and their progress. */
        RUNNING_JOBS,
        /** Shows the ready jobs, and what blocks each. */
        PENDING_JOBS,
        /** Shows the jobs of a type. */
        JOBS_OF_TYPE,
        /** Shows the jobs of a schedule. */
        JOBS_OF_SCHEDULE,
        /** Explains why a job is not running. */
        EXPLAIN_JOB,
        /** Shows the history of a job. */
        JOB_HISTORY,
        /** Shows handlers and their versions. */
        HANDLERS,
        /** Shows limits and their use. */
        LIMITS,
        /** Shows use by user. */
        USAGE,
        /** Shows the settings in force. */
        SETTINGS,
        /** Removes old jobs. */
        REMOVE_OLD_JOBS,
        /** Releases disk space of the database. */
        COMPACT,
        /** Releases a quarantined bundle. */
        RELEASE_BUNDLE,
        /** Removes a schedule. */
        REMOVE_SCHEDULE,
        /** Sets a limit. */
        SET_LIMIT,
        /** Removes a limit. */
        REMOVE_LIMIT,
        /** Sets a queue. */
        SET_QUEUE,
        /** Removes a queue. */
        REMOVE_QUEUE;

        /** Creates a remedy for an object. */
        public Remedy of(String name) {
            return new Remedy(this, name);
        }

        /** Creates a remedy for the whole host. */
        public Remedy any() {
            return new Remedy(this, "");
        }
    }
}
