// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:await",
        description = "Wait until a job is over, and show what it came to. Meanwhile its progress, log lines and failed"
                + " attempts are shown as they happen. Exit 1 unless it completed in time. Ctrl-C ends the"
                + " waiting, not the job. With --json nothing but the job, at its end.")
final class AwaitCommand extends IdCommand {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SECONDS",
            description = "Wait so long at most; without end if left out.")
    @Nullable
    Integer seconds;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        if (seconds != null && seconds < 0) {
            throw new UsageException("SECONDS = " + seconds + " is below zero; use 0 to only look, or leave it out");
        }
        StatusReporter status = user.status();
        JobId job = status.resolve(id);
        JobWaiter waiting = new JobWaiter(user.jobs(), status);
        Duration atMost = seconds == null ? JobWaiter.WITHOUT_END : Duration.ofSeconds(seconds);
        Screen screen = user.screen();
        if (json) {
            return waiting.silently(job, atMost);
        }
        LiveJob live = new LiveJob(status, job, screen);
        Job now = status.status(job);
        if (!now.status().isFinished()) {
            screen.painted(job + " " + screen.paint(JobText.state(now)));
        }
        live.beginNow();
        return waiting.follow(live, job, atMost, screen);
    }
}
