// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.views.api.FindingView;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "job:doctor", description = "List problems and how to fix them.")
final class DoctorCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(FindingView.FINDINGS, user.status().doctor(), DoctorCommand::print);
    }

    private static void print(List<Finding> findings, Screen screen) {
        if (findings.stream().allMatch(Finding::note)) {
            screen.line("no problems found");
        }
        findings.stream().filter(finding -> !finding.note()).forEach(finding -> print("", finding, screen));
        findings.stream().filter(Finding::note).forEach(note -> print("note: ", note, screen));
    }

    static void print(String before, Finding finding, Screen screen) {
        screen.lines(screen.wrapped(before + finding.subject() + ": " + finding.problem(), 0));
        screen.lines("  " + screen.wrapped(RemedyCommand.fix(finding), 2));
    }
}
