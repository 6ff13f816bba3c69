// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "List all commands, or describe one.")
final class HelpCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to describe.")
    private @Nullable String command;

    @Option(names = "--json", description = "Print the commands of the running host as a JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (json) {
            return main.job(command == null ? List.of("help", "--json") : List.of("help", command, "--json"));
        }
        CommandLine all = spec.parent().commandLine();
        CommandLine own = command == null ? all : all.getSubcommands().get(command);
        if (command == null || own != null) {
            Objects.requireNonNullElse(own, all).usage(System.out);
            return 0;
        }
        main.require(command, main.instance());
        return main.job(List.of("help", command));
    }
}
