// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Something that the host does or shows for who asks, and that helps with a {@link Finding}. Each face knows how it is asked there for it.
 *
 * @param name of what: of a type, a schedule, a bundle, a limit or a queue; empty if it is about none
 */
public record Remedy(RemedyKind kind, String name) {

    /** What helps. */
    public enum RemedyKind {
        /** Shows what the jobs that run are at. */
        RUNNING_JOBS,
        /** Shows the jobs that are ready, and what holds each. */
        PENDING_JOBS,
        /** Shows the jobs of a type. */
        JOBS_OF_TYPE,
        /** Shows the jobs of a schedule. */
        JOBS_OF_SCHEDULE,
        /** Says why a job does not run. */
        EXPLAIN_JOB,
        /** Shows what became of a job. */
        JOB_HISTORY,
        /** Shows handlers and their versions. */
        HANDLERS,
        /** Shows limits and their use. */
        LIMITS,
        /** Shows use by user. */
        USAGE,
        /** Shows what is in force. */
        SETTINGS,
        /** Removes old jobs. */
        REMOVE_OLD_JOBS,
        /** Gives room in the database back to the disk. */
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

        /** This, about something. */
        public Remedy of(String name) {
            return new Remedy(this, name);
        }

        /** This, about the host as a whole. */
        public Remedy any() {
            return new Remedy(this, "");
        }
    }
}
