// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        Map<Boolean, List<Finding>> told = status.doctor().stream().collect(Collectors.partitioningBy(Finding::note));
        List<Finding> findings = told.get(false);
        List<Finding> notes = told.get(true);
        if (options.json) {
            screen.json(Json.object("findings", json(findings), "notes", json(notes)));
            return 0;
        }
        if (findings.isEmpty()) {
            screen.line("all is well");
        }
        findings.forEach(finding -> print("", finding, screen));
        notes.forEach(note -> print("note: ", note, screen));
        return 0;
    }

    static void print(String before, Finding finding, Screen screen) {
        screen.lines(screen.wrapped(before + finding.subject() + ": " + finding.problem(), 0));
        screen.lines("  " + screen.wrapped(finding.fix(), 2));
    }

    static List<Map<String, @Nullable Object>> json(List<Finding> findings) {
        return findings.stream().map(DoctorCommand::json).toList();
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        return Json.object("subject", finding.subject(), "problem", finding.problem(), "fix", finding.fix());
    }
}
