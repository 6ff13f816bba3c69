// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.PauseTarget;
import io.jobyard.views.api.QueueView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "job:resume", description = "End a pause of jobs.")
final class ResumeCommand extends UserCommand {

    @Mixin
    final PauseOptions options = new PauseOptions();

    @Override
    Answer answer(CommandUser user) {
        if (options.isOfOneJob()) {
            Job job = user.jobs().resumeJob(user.status().resolve(String.valueOf(options.job)));
            return ChangedJobs.one(job, "job " + JobText.ending(job.id()) + " resumed, now " + JobText.state(job));
        }
        PauseTarget target = options.target();
        user.jobs().resume(target);
        return Answer.of(QueueView.RESUMED, target, PauseOptions.subject(target) + " resumed");
    }
}
