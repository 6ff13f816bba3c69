// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobManager;
import io.jobyard.views.api.SpecificationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "job:change", description = "Change waiting or queued jobs, by ID or filter.")
final class ChangeCommand extends IdsCommand implements JobOptions.Taker {

    private final JobOptions options = JobOptions.ofChange();

    @Mixin
    final ChangedFilterOptions filter = new ChangedFilterOptions();

    @Override
    public JobOptions jobOptions() {
        return options;
    }

    @Override
    Answer answer(CommandUser user) {
        JobChange change = new SpecificationReader(user.status(), user.clock())
                .change(SpecificationReader.OPTIONS, options.json());
        if (change.isEmpty()) {
            throw new UsageException("nothing to change: give " + options.names());
        }
        if (bulk.isAsked(ids, filter)) {
            return bulk.answer(user, BulkAction.CHANGE, filter, change);
        }
        JobManager jobs = user.jobs();
        return ChangedJobs.each(this, user, (id, changed) -> changed.jobs.add(jobs.change(id, change)));
    }
}
