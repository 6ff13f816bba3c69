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
        description = "Wait until a job is finished, then show its result. Meanwhile, show progress, log lines and"
                + " failed attempts as they happen. Exit with 1 unless the job completed in time. Ctrl-C stops the"
                + " waiting, not the job. With --json, print only the finished job.")
final class AwaitCommand extends IdCommand {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SECONDS",
            description = "Maximum time to wait, in seconds (default: no limit).")
    @Nullable
    Integer seconds;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        if (seconds != null && seconds < 0) {
            throw new UsageException(
                    "SECONDS", "SECONDS = " + seconds + " is out of range: use 0 to check the job once, or omit it");
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
