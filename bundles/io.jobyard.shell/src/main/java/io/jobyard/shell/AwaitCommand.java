// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import java.time.Duration;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:await}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "await")
public final class AwaitCommand extends UserCommand<AwaitCommand.Line> {

    @Command(
            name = "job:await",
            description =
                    "Wait until a job is over, and show what it came to. Meanwhile its progress, log lines and failed"
                            + " attempts are shown as they happen. Exit 1 unless it completed in time. Ctrl-C ends the"
                            + " waiting, not the job. With --json nothing but the job, at its end.")
    static final class Line extends IdOptions {

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "SECONDS",
                description = "Wait so long at most; without end if left out.")
        @Nullable
        Integer seconds;
    }

    @Activate
    public AwaitCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) throws InterruptedException {
        Integer seconds = options.seconds;
        if (seconds != null && seconds < 0) {
            throw new UsageException("SECONDS = " + seconds + " is below zero; use 0 to only look, or leave it out");
        }
        StatusReporter status = user.status();
        JobId id = status.resolve(options.id);
        JobWaiter waiting = new JobWaiter(user.jobs(), status);
        Duration atMost = seconds == null ? JobWaiter.WITHOUT_END : Duration.ofSeconds(seconds);
        Screen screen = user.screen();
        if (options.json) {
            return waiting.silently(id, atMost);
        }
        LiveJob live = new LiveJob(status, id, screen);
        Job job = status.status(id);
        if (!job.status().isFinal()) {
            screen.painted(id + " " + screen.paint(JobText.state(job)));
        }
        live.beginNow();
        return waiting.follow(live, id, atMost, screen);
    }
}
