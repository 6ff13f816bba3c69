// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "job:help", description = "List the commands, or show the help of one.")
final class JobHelpCommand extends JobCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "Command to explain, for example job:submit.")
    @Nullable
    String command;

    private static final View<CommandLine> COMMAND = View.<CommandLine>of("command", "A command.")
            .text("name", "its name, with the scope", Commands::name)
            .text("description", "what it does", Commands::description)
            .text("usage", "its arguments and options, explained", OptionParser::explain);

    /** View of the answer. */
    static final View<List<CommandLine>> COMMANDS = View.<List<CommandLine>>of("commands", "Commands.")
            .list("commands", COMMAND, "each command", commands -> commands);

    private static final int INDENT = 14;

    @Override
    Answer answer(ShellServices host, Screen screen) {
        List<CommandLine> lines = host.commands().stream()
                .filter(each -> command != null || screen.isLocal() || !each.isLocal())
                .filter(each -> command != null || host.hasOperations() || !each.isDerived())
                .filter(each -> command == null || each.function().equals(plain(command)))
                .map(each -> each.line(host::operations))
                .toList();
        if (command != null && lines.isEmpty()) {
            throw new UsageException("unknown command '" + command + "'" + Commands.didYouMean(command)
                    + "; help lists Jobyard's, felix:help all others");
        }
        return Answer.of(COMMANDS, lines, (told, to) -> {
            if (command == null) {
                list(told, to);
                if (!host.hasOperations()) {
                    to.error("other commands are not available: " + host.missingOperations());
                }
            } else {
                to.lines(OptionParser.explain(told.get(0)).stripTrailing());
            }
        });
    }

    private static void list(List<CommandLine> lines, Screen screen) {
        for (CommandLine line : lines) {
            String name = Commands.name(line);
            String space = " ".repeat(Math.max(1, INDENT - name.length()));
            screen.lines(name + space + screen.wrapped(Commands.inShort(line), INDENT));
        }
        screen.line("");
        screen.line("help job:submit, or job:submit --help, explains a command and its options.");
        screen.line("The scope is optional: submit is job:submit. exit ends the session.");
        screen.line("JSON needs no quotes, {\"text\": \"it's\"}, but may be in single quotes.");
    }

    private static String plain(String name) {
        return name.replaceFirst("^job:", "");
    }
}
