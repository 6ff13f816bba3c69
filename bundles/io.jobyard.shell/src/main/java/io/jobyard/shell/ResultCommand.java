// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.StepView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "job:result",
        description = "Show a job's result and the run time of its handler. Fails only if the job is not found.")
final class ResultCommand extends IdCommand {

    @Option(names = "--step", paramLabel = "STEP", description = "Step whose result to show; job:show lists the steps.")
    @Nullable
    String step;

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        if (step != null) {
            Object value = status.stepValue(status.resolve(id), step).orElse(null);
            return Answer.of(
                    StepView.VALUE,
                    new StepView.StepValue(step, value),
                    (told, screen) -> screen.lines(JsonWriter.pretty(told.value())));
        }
        return Answer.of(JobView.RESULT, status.result(status.resolve(id)), ResultCommand::print);
    }

    static void print(JobResult result, Screen screen) {
        String took = result.executionTime() == null ? "" : " in " + JobText.duration(result.executionTime());
        String at = result.completedAt() == null ? "" : " at " + JobText.time(result.completedAt());
        screen.painted(result.id() + " " + screen.paint(result.status().text()) + took + at);
        if (result.error() != null) {
            screen.line(result.error());
        }
        if (result.status() == JobStatus.COMPLETED && result.result() == null) {
            screen.line("the result is hidden: permission payload is required");
        } else if (result.result() != null) {
            screen.lines(JsonWriter.pretty(result.result()));
        }
    }
}
