// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Operation or view of the host that helps with a {@link Finding}. Each interface adds how to call it.
 *
 * @param name name of the type, schedule, bundle, limit or queue; empty if the remedy applies to none
 */
public record Remedy(RemedyKind kind, String name) {

    /** Kind of remedy. */
    public enum RemedyKind {
        /** Shows the running jobs and their progress. */
        RUNNING_JOBS,
        /** Shows the ready jobs, and the blockers of each job. */
        PENDING_JOBS,
        /** Shows the jobs of a type. */
        JOBS_OF_TYPE,
        /** Shows the jobs of a schedule. */
        JOBS_OF_SCHEDULE,
        /** Explains why a job is not running. */
        EXPLAIN_JOB,
        /** Shows the history of a job. */
        JOB_HISTORY,
        /** Shows the handlers and their versions. */
        HANDLERS,
        /** Shows the limits and their usage. */
        LIMITS,
        /** Shows the usage by user. */
        USAGE,
        /** Shows the active configuration. */
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
