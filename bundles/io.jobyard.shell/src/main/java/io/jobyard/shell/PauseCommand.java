// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.QueueView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "job:pause", description = "Pause a queue: nothing of it starts until it is resumed.")
final class PauseCommand extends QueueCommand {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; job:explain tells it.")
    @Nullable
    String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When the pause ends by itself: an instant such as 2027-01-31T08:00:00Z, a time of the day"
                    + " such as 18:30, or a duration from now such as 2h.")
    @Nullable
    String until;

    @Override
    Answer answer(CommandUser user) {
        Instant end = TimeOptions.next("--until", until, user.now());
        user.jobs().pause(queue, reason, end);
        String how = end == null ? "; job:resume " + queue + " ends that" : " until " + JobText.time(end);
        return Answer.of(QueueView.PAUSED, new QueueView.Paused(queue, end), "queue " + queue + " is paused" + how);
    }
}
