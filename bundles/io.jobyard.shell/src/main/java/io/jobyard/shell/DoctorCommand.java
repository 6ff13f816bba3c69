// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:doctor}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "doctor")
public final class DoctorCommand extends JobCommand<DoctorCommand.Line> {

    @Command(name = "job:doctor", description = "Tell what somebody should look at, and how to mend it.")
    static final class Line extends UserOptions {}

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public DoctorCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        List<Finding> findings = status.doctor();
        if (options.json) {
            screen.json(Map.of(
                    "findings", findings.stream().map(DoctorCommand::json).toList()));
        } else if (findings.isEmpty()) {
            screen.line("all is well");
        } else {
            for (Finding finding : findings) {
                screen.line(screen.wrapped(finding.subject() + ": " + finding.problem(), 0));
                screen.line("  " + screen.wrapped(finding.fix(), 2));
            }
        }
        return 0;
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        return Json.object("subject", finding.subject(), "problem", finding.problem(), "fix", finding.fix());
    }
}
