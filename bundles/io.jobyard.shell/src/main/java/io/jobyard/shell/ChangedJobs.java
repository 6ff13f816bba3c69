// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ErrorView.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Changes several jobs. A job that cannot be changed does not stop the others. */
final class ChangedJobs {

    final List<Job> jobs = new ArrayList<>();
    /** Additional lines for people. */
    final List<String> notes = new ArrayList<>();

    private final List<Refusal> errors = new ArrayList<>();

    private ChangedJobs() {}

    /** Changes each job. The exit code is 1 unless all jobs were changed. */
    static Answer each(IdsCommand command, CommandUser user, BiConsumer<JobId, ChangedJobs> change) {
        ChangedJobs changed = new ChangedJobs();
        StatusReporter status = user.status();
        if (command.ids.size() == 1) {
            change.accept(status.resolve(command.ids.get(0)), changed);
        } else {
            for (String id : command.ids) {
                try {
                    change.accept(status.resolve(id), changed);
                } catch (JobyardException e) {
                    changed.refuse(id, e);
                }
            }
        }
        return Answer.of(
                        ChangeView.CHANGED,
                        new ChangeView.Changed(changed.jobs, changed.errors),
                        (all, screen) -> changed.print(screen))
                .failedIf(!changed.errors.isEmpty());
    }

    /** Returns the answer for a change of one job. */
    static Answer one(Job job, String line) {
        return Answer.of(ChangeView.CHANGED, new ChangeView.Changed(List.of(job), List.of()), line);
    }

    void refuse(String id, JobyardException cause) {
        errors.add(new Refusal(id, cause));
    }

    private void print(Screen screen) {
        jobs.forEach(job -> screen.painted(job.id() + " " + screen.paint(Screen.plain(JobText.state(job)))));
        errors.forEach(error -> screen.error(String.valueOf(error.cause().getMessage())));
        notes.forEach(screen::line);
    }
}
