// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Explanation;
import io.jobyard.api.StatusReporter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:explain}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "explain")
public final class ExplainCommand extends JobCommand<ExplainCommand.Line> {

    @Command(name = "job:explain", description = "Say why a job does not run just now.")
    static final class Line extends IdOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public ExplainCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter reporter = callers.status(options, screen);
        Explanation explanation = reporter.explain(reporter.resolve(options.id));
        if (options.json) {
            screen.json(Json.object(
                    "status", explanation.status().text(),
                    "detail", explanation.detail(),
                    "blockedBy", Blockers.json(explanation.blockedBy())));
            return 0;
        }
        String status = explanation.status().text();
        String detail = explanation.detail().isEmpty() ? "" : ": " + explanation.detail();
        String line = screen.wrapped(explanation.id() + " " + status + detail, 2);
        screen.painted(line.replaceFirst(Pattern.quote(status), Matcher.quoteReplacement(screen.paint(status))));
        Blockers.print(explanation.blockedBy(), screen);
        return 0;
    }
}
