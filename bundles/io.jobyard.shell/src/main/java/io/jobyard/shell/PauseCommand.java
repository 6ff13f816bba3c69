// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.time.Clock;
import java.time.Instant;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:pause}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "pause")
public final class PauseCommand extends JobCommand<PauseCommand.Line> {

    @Command(name = "job:pause", description = "Pause a queue: nothing of it starts until it is resumed.")
    static final class Line extends QueueOptions {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; job:explain tells it.")
        @Nullable
        String reason;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                description =
                        "When the pause ends by itself: an instant such as 2027-01-31T08:00:00Z, a time of the day"
                                + " such as 18:30, or a duration from now such as 2h.")
        @Nullable
        String until;
    }

    private final Callers callers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     * @param clock tells when a time of the day comes next
     */
    @Activate
    public PauseCommand(@Reference Callers callers, @Reference Clock clock) {
        super(Line::new);
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    int run(Line options, Screen screen) {
        Instant until = options.until == null ? null : Moments.parse("--until", options.until, clock.instant());
        callers.jobs(options, screen).pause(options.queue, options.reason, until);
        if (options.json) {
            screen.json(Json.object("queue", options.queue, "state", "paused", "until", Json.instant(until)));
        } else {
            screen.line("queue " + options.queue + " is paused"
                    + (until == null
                            ? "; job:resume " + options.queue + " ends that"
                            : " until " + JobText.time(until)));
        }
        return 0;
    }
}
