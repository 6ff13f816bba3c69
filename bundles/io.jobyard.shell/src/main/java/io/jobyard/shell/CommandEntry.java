// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Operations;
import io.jobyard.shell.JobsCommand.JobsChange;
import io.jobyard.views.api.View;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Command in the list of commands.
 *
 * @param function the command's name without the scope
 * @param isLocal whether remote callers may not run the command, whatever its arguments
 * @param isDerived whether the command needs the operations of the host
 * @param maker creates the command for one call, and asks for the operations if it needs them
 * @param views returns the views of the command's answers
 */
record CommandEntry(
        String function,
        boolean isLocal,
        boolean isDerived,
        Function<Supplier<Operations>, ? extends JobCommand> maker,
        Function<Operations, List<View<?>>> views) {

    /** Creates an entry with the name in the annotation of the command's class. */
    static CommandEntry of(Supplier<? extends JobCommand> command, View<?>... answers) {
        JobCommand one = command.get();
        LocalOnly local = one.local();
        return new CommandEntry(
                one.getClass().getAnnotation(Command.class).name().substring("job:".length()),
                local != null && local.isWhole(),
                false,
                operations -> command.get(),
                operations -> List.of(answers));
    }

    static CommandEntry of(DerivedCommand command) {
        return new CommandEntry(
                command.name,
                false,
                true,
                operations -> new OperationCommand(command, operations.get()),
                operations -> OperationCommand.views(command, operations));
    }

    static CommandEntry of(JobsChange change) {
        return new CommandEntry(
                change.name(),
                false,
                true,
                operations -> new JobsCommand(change, operations.get()),
                operations -> JobsCommand.views(change));
    }

    CommandLine line(Supplier<Operations> operations) {
        return OptionParser.of(maker.apply(operations));
    }
}
