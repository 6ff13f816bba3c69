// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import io.jobyard.views.api.StepView;
import java.util.List;

/** Prints the current steps of a job for people, limited to the latest steps. */
final class StepLines {

    private static final int SHOWN = 50;

    private StepLines() {}

    static void print(List<JobStep> steps, Screen screen) {
        if (steps.isEmpty()) {
            return;
        }
        List<JobStep> counting =
                steps.stream().filter(step -> step.droppedAfter() == 0).toList();
        int earlier = Math.max(0, counting.size() - SHOWN);
        int dropped = steps.size() - counting.size();
        screen.line("steps" + (earlier == 0 ? "" : ", without the first " + earlier) + more(earlier, dropped));
        if (!counting.isEmpty()) {
            Table table = new Table("NR", "STEP", "RUN", "AT", "TOOK", "GAVE");
            counting.stream().skip(earlier).forEach(step -> row(step, table));
            table.print(screen);
        }
    }

    private static String more(int earlier, int dropped) {
        String retried = dropped == 0 ? "" : ", without " + dropped + " dropped by a retry";
        return earlier + dropped == 0 ? "" : retried + "; --json shows all";
    }

    private static void row(JobStep step, Table table) {
        table.row(
                step.number(),
                step.name(),
                step.run(),
                JobText.time(step.times().startedAt()),
                JobText.optional(StepView.took(step)),
                gave(step));
    }

    private static String gave(JobStep step) {
        if (step.times().endedAt() == null) {
            return waits(step);
        }
        if (step.times().timedOut()) {
            return "timed out";
        }
        return step.characters() == 0
                ? ""
                : step.characters() + (step.characters() == 1 ? " character" : " characters");
    }

    private static String waits(JobStep step) {
        if (step.kind() == StepKind.CHILDREN) {
            return "waits for " + step.children().size() + (step.children().size() == 1 ? " job" : " jobs");
        }
        return step.times().until() == null
                ? "waits"
                : "waits until " + JobText.time(step.times().until());
    }
}
