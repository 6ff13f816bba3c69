// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:cancel",
        description = "Cancel jobs, by ID or filter. A running job is interrupted and ends as cancelled.")
final class CancelCommand extends IdsCommand {

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Override
    Answer answer(CommandUser user) {
        if (bulk.isAsked(ids, filter)) {
            return bulk.answer(user, BulkAction.CANCEL, filter, null);
        }
        JobManager jobs = user.jobs();
        return ChangedJobs.each(this, user, (id, changed) -> changed.jobs.add(jobs.cancel(id)));
    }
}
