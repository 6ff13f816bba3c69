// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:run-now",
        sortOptions = false,
        description = "Run jobs now that wait for their start time, their next attempt, or the end of a sleep.")
final class RunNowCommand extends IdsCommand {

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Override
    Answer answer(CommandUser user) {
        if (bulk.isAsked(ids, filter)) {
            return bulk.answer(user, BulkAction.RUN_NOW, filter, null);
        }
        JobManager jobs = user.jobs();
        return ChangedJobs.each(this, user, (id, changed) -> changed.jobs.add(jobs.runNow(id)));
    }
}
