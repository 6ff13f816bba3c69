// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobGroup;
import io.jobyard.views.api.GroupView;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "job:group", description = "Show the progress of a job group.")
final class GroupCommand extends UserCommand {

    @Parameters(paramLabel = "NAME", description = "Group name, as given with --group of job:submit.")
    private String name = "";

    @Option(names = "--submitter", paramLabel = "U", description = "Owner of the group (default: you).")
    @Nullable
    String submitter;

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(GroupView.GROUP, user.status().group(name, submitter), GroupCommand::print);
    }

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
