// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import picocli.CommandLine.Command;

@Command(name = "job:cancel", description = "End jobs; one that runs is told to, and ends cancelled.")
final class CancelCommand extends IdsCommand {

    @Override
    Answer answer(CommandUser user) {
        JobManager jobs = user.jobs();
        return ChangedJobs.each(this, user, (id, changed) -> changed.jobs.add(jobs.cancel(id)));
    }
}
