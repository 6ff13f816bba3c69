// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.QueueView;
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
public final class PauseCommand extends UserCommand<PauseCommand.Line> {

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

    @Activate
    public PauseCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        Instant until = TimeOptions.next("--until", options.until, user.now());
        user.jobs().pause(options.queue, options.reason, until);
        String end = until == null ? "; job:resume " + options.queue + " ends that" : " until " + JobText.time(until);
        return Answer.of(
                QueueView.PAUSED,
                new QueueView.Paused(options.queue, until),
                "queue " + options.queue + " is paused" + end);
    }
}
