// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import picocli.CommandLine.Command;

@Command(name = "job:show", description = "Show all details of a job.")
final class ShowCommand extends IdCommand {

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        Job job = status.status(status.resolve(id));
        return Answer.of(
                JobView.JOB, new Reported<>(job, status), (told, screen) -> new JobDetails(told, screen).print());
    }
}
