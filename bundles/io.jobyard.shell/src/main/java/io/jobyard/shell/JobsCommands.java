// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.shell.JobsCommand.JobsChange;

/** Commands that change jobs, by ID or filter. */
final class JobsCommands {

    static final JobsChange CANCEL = new JobsChange(
            "cancel",
            "Cancel jobs, by ID or filter. A running job is interrupted and ends as cancelled.",
            "cancel",
            each("cancelJob"),
            filter());

    static final JobsChange RETRY = new JobsChange(
            "retry",
            "Retry failed or cancelled jobs with a fresh set of attempts, by ID or filter. Their dependencies apply"
                    + " again; stored steps are not repeated.",
            "retry",
            each("retryJob").named("fromStep", "--from STEP"),
            filter());

    static final JobsChange CHANGE = new JobsChange(
            "change",
            "Change waiting or queued jobs, by ID or filter.",
            "change",
            each("changeJob"),
            filter().named("queue", "--in-queue").named("label", "--with-label").named("group", "--in-group"));

    static final JobsChange RUN_NOW = new JobsChange(
            "run-now",
            "Run jobs now that wait for their start time, their next attempt, or the end of a sleep.",
            "run-now",
            each("runJobNow"),
            filter());

    static final JobsChange DELETE = new JobsChange(
            "delete",
            "Remove finished jobs that match a filter. Jobs that unfinished jobs depend on are kept.",
            "delete",
            null,
            filter());

    private JobsCommands() {}

    /** Returns a form for one job. {@link JobsCommand} prints its result. */
    private static Form each(String operation) {
        return Form.of(operation, (result, screen) -> {}).without("id");
    }

    private static Form filter() {
        return Form.of("countJobs", (result, screen) -> {});
    }
}
