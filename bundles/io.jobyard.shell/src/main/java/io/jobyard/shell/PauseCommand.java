// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.PauseTarget;
import io.jobyard.views.api.QueueView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "job:pause",
        description = "Pause jobs: none of them starts until you resume them. Running jobs continue. job:queues lists"
                + " the pauses.")
final class PauseCommand extends UserCommand {

    @Mixin
    final PauseOptions options = new PauseOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason for the pause; job:explain shows it.")
    @Nullable
    String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description =
                    "Time at which the pause ends automatically: an instant such as 2027-01-31T08:00:00Z, a time of"
                            + " day such as 18:30, or a duration from now such as 2h.")
    @Nullable
    String until;

    @Override
    Answer answer(CommandUser user) {
        Instant end = TimeOptions.next("--until", until, user.now());
        if (options.isOfOneJob()) {
            Job job = user.jobs().pauseJob(user.status().resolve(String.valueOf(options.job)), reason, end);
            String ending = JobText.ending(job.id());
            return ChangedJobs.one(
                    job,
                    "job " + ending + " is paused"
                            + (end == null
                                    ? "; job:resume --job " + ending + " ends the pause"
                                    : " until " + JobText.time(end)));
        }
        PauseTarget target = options.target();
        user.jobs().pause(target, reason, end);
        String how = end == null
                ? "; job:resume " + PauseOptions.words(target) + " ends the pause"
                : " until " + JobText.time(end);
        return Answer.of(
                QueueView.PAUSED, new QueueView.Paused(target, end), PauseOptions.subject(target) + " paused" + how);
    }
}
