// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

/**
 * Access rule: the permission that a request needs for the caller's own jobs and for others' jobs. All interfaces and services of the host
 * apply these rules.
 */
public enum AccessRule {
    /** Submitting jobs. */
    SUBMIT("submit jobs", Permission.SUBMIT, Permission.SUBMIT),
    /** Using another job as a dependency of a new job, whose handler then gets the result of the other job. */
    DEPEND("depend on", Permission.VIEW, Permission.VIEW_ALL),
    /** Looking at a job, or waiting for its end. */
    VIEW("see", Permission.VIEW, Permission.VIEW_ALL),
    /** Reading a job's payload, its result, the values of its steps and its stream. */
    PAYLOAD("see the payload and the result of", Permission.VIEW, Permission.PAYLOAD),
    /** Following the changes of all jobs. */
    FOLLOW("follow all jobs", Permission.VIEW_ALL, Permission.VIEW_ALL),
    /** Cancelling a job. */
    CANCEL("cancel", Permission.CANCEL, Permission.CANCEL_ALL),
    /** Retrying a job. */
    RETRY("retry", Permission.RETRY, Permission.RETRY_ALL),
    /** Sending a signal that the handler of a job may wait for. */
    SIGNAL("send a signal to", Permission.SIGNAL, Permission.SIGNAL_ALL),
    /** Changing a job that has not started. */
    CHANGE("change", Permission.SUBMIT, Permission.OPERATE),
    /** Changing the work of a job: the labels that its handler reads, or the job of a schedule. */
    ALTER("change the work of", Permission.SUBMIT, Permission.IMPERSONATE),
    /** Removing a job that has ended. */
    DELETE("delete", Permission.ADMIN, Permission.ADMIN),
    /** Adding, changing, pausing, running and removing schedules. */
    SCHEDULE("change schedules", Permission.SUBMIT, Permission.OPERATE),
    /** Looking at queues, limits, handlers and statistics. */
    OVERVIEW("see the host's queues, limits, handlers and statistics", Permission.VIEW, Permission.VIEW),
    /** Pausing jobs: one, or those of a queue, a type, a limit, a user, or all. */
    PAUSE("pause", Permission.OPERATE, Permission.OPERATE),
    /** Ending a pause. */
    RESUME("resume", Permission.OPERATE, Permission.OPERATE),
    /** Draining a host, or ending its drain. */
    DRAIN("drain hosts", Permission.OPERATE, Permission.OPERATE),
    /** Releasing a quarantined bundle. */
    RELEASE("release bundles", Permission.OPERATE, Permission.OPERATE),
    /** Reading the findings of the doctor. */
    DOCTOR("run the doctor", Permission.OPERATE, Permission.OPERATE),
    /** Reading the configuration. */
    CONFIGURATION("see the configuration", Permission.OPERATE, Permission.OPERATE),
    /** Writing files of the configuration. */
    CONFIGURE("change the configuration", Permission.ADMIN, Permission.ADMIN),
    /** Creating, changing and removing limits and queues. */
    DEFINE("define limits and queues", Permission.ADMIN, Permission.ADMIN),
    /** Backing up, checking, compacting or purging the store. */
    MAINTAIN("maintain the store", Permission.ADMIN, Permission.ADMIN),
    /** Reading the audit. */
    AUDIT("read the audit", Permission.ADMIN, Permission.ADMIN),
    /** Adding, changing and seeing users, and the tokens and sessions of other users. */
    USERS("administer users", Permission.ADMIN, Permission.ADMIN),
    /** Creating, seeing and revoking tokens and sessions. */
    SIGN_INS("create, see or revoke tokens and sessions", Permission.VIEW, Permission.ADMIN),
    /** Wrapping all runs with an interceptor. */
    INTERCEPT("intercept all runs", Permission.ADMIN, Permission.ADMIN),
    /** Acting as another user. */
    IMPERSONATE("act as other users", Permission.IMPERSONATE, Permission.IMPERSONATE);

    private final String words;
    private final Permission own;
    private final Permission others;

    AccessRule(String words, Permission own, Permission others) {
        this.words = words;
        this.own = own;
        this.others = others;
    }

    /**
     * Returns the required permission.
     *
     * @param isOwn whether the job belongs to the caller; without a job, the value has no effect
     */
    public Permission needs(boolean isOwn) {
        return isOwn ? own : others;
    }

    /** Returns the name of the operation for messages, for example {@code cancel}. */
    public String words() {
        return words;
    }
}
