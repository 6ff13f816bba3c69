// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.StepView;

/** Shows the result of a job. */
final class ResultCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "result", "Show a job's result and the run time of its handler, or the value of a step.")
            .form(Form.of("getResult", ResultCommand::print))
            .form(Form.of("getStepValue", ResultCommand::value).at("--step").named("step", "--step"));

    private ResultCommand() {}

    private static void value(StepView.StepValue step, Screen screen) {
        screen.lines(JsonWriter.pretty(step.value()));
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
