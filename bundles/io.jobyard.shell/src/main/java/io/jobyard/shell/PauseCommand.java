// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.PauseTarget;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.views.api.ChangeView.Changed;
import io.jobyard.views.api.QueueView.Paused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pauses and resumes jobs. */
final class PauseCommand {

    private static final String JOB = "--job";

    static final DerivedCommand PAUSE = new DerivedCommand(
                    "pause",
                    "Pause jobs: none of them starts until you resume them. Running jobs continue. job:queues lists the"
                            + " pauses.")
            .form(new Form("pauseJobs", PauseCommand::paused).named("target", "TARGET"))
            .form(new Form("pauseJob", PauseCommand::jobPaused).at(JOB).named("id", JOB));

    static final DerivedCommand RESUME = new DerivedCommand("resume", "End a pause of jobs.")
            .form(Form.of("resumeJobs", PauseCommand::resumed))
            .form(Form.of("resumeJob", PauseCommand::jobResumed).at(JOB).named("id", JOB));

    private PauseCommand() {}

    private static void paused(Paused paused, FormCall call, Screen screen) {
        String target = paused.target().equals(PauseTarget.ALL)
                ? "all"
                : call.call().inputs().needed("target");
        screen.line(QueuesCommand.subject(paused.target()) + " paused" + end(paused.until(), target));
    }

    private static void jobPaused(Changed changed, FormCall call, Screen screen) {
        for (Job job : changed.jobs()) {
            String ending = JobText.ending(job.id());
            screen.line(
                    "job " + ending + " is paused" + end(call.call().inputs().next("until"), JOB + " " + ending));
        }
    }

    private static String end(@Nullable Instant until, String target) {
        return until == null ? "; job:resume " + target + " ends the pause" : " until " + JobText.time(until);
    }

    private static void resumed(PauseTarget target, Screen screen) {
        screen.line(QueuesCommand.subject(target) + " resumed");
    }

    private static void jobResumed(Changed changed, Screen screen) {
        changed.jobs()
                .forEach(job -> screen.line("job " + JobText.ending(job.id()) + " resumed, now " + JobText.state(job)));
    }
}
