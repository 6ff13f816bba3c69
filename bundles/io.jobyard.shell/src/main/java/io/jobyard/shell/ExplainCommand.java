// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Explanation;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.BlockerView;
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
public final class ExplainCommand extends UserCommand<ExplainCommand.Line> {

    @Command(name = "job:explain", description = "Say why a job does not run just now.")
    static final class Line extends IdOptions {}

    @Activate
    public ExplainCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        StatusReporter status = user.status();
        return Answer.of(BlockerView.EXPLANATION, status.explain(status.resolve(options.id)), ExplainCommand::print);
    }

    private static void print(Explanation explanation, Screen screen) {
        String status = explanation.status().text();
        String detail = explanation.detail().isEmpty() ? "" : ": " + explanation.detail();
        String line = screen.wrapped(explanation.id() + " " + status + detail, 2);
        screen.painted(line.replaceFirst(Pattern.quote(status), Matcher.quoteReplacement(screen.paint(status))));
        BlockerLines.print(explanation.blockedBy(), screen);
    }
}
