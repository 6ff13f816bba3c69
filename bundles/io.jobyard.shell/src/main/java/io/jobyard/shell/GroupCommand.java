// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobGroup;
import java.util.stream.Collectors;

/** Shows a group. */
final class GroupCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("group", "").form(Form.of("getGroup", GroupCommand::print));

    private GroupCommand() {}

    private static void print(JobGroup group, Screen screen) {
        String jobs = group.byStatus().entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey().text())
                .collect(Collectors.joining(", "));
        screen.line("group " + group.name() + " of " + group.submitter() + ": " + group.done() + " of " + group.total()
                + " jobs finished (" + jobs + ")");
        if (group.endJob() != null) {
            screen.line("job " + group.endJob() + " ends the group");
        }
    }
}
