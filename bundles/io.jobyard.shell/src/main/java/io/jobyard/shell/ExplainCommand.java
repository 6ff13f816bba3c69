// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Explanation;
import io.jobyard.api.JobId;
import io.jobyard.api.StepKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains a job. */
final class ExplainCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("explain", "").form(Form.of("explainJob", ExplainCommand::print));

    private ExplainCommand() {}

    private static void print(Explanation explanation, Screen screen) {
        String status = explanation.status().text();
        String detail = explanation.detail().isEmpty() ? "" : ": " + explanation.detail();
        String line = screen.wrapped(explanation.id() + " " + status + detail, 2);
        screen.painted(line.replaceFirst(Pattern.quote(status), Matcher.quoteReplacement(screen.paint(status))));
        BlockerLines.print(explanation.blockedBy(), explanation.earliestStart(), screen);
        explanation.blockedBy().forEach(blocker -> hint(blocker.gate(), explanation.id(), screen));
    }

    private static void hint(String gate, JobId id, Screen screen) {
        if (gate.equals(StepKind.SIGNAL.text())) {
            screen.line("job:signal " + id + " SIGNAL JSON sends the signal");
        } else if (gate.equals(StepKind.CALLBACK.text())) {
            screen.line("job:callback TOKEN JSON answers the callback");
        }
    }
}
