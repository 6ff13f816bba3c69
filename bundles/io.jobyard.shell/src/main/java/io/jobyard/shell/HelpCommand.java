// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:help}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "help")
public final class HelpCommand extends JobCommand<HelpCommand.Line> {

    @Command(name = "job:help", description = "List the commands, or explain one with all its options.")
    static final class Line extends Options {

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "COMMAND",
                description = "The command to explain, such as job:submit.")
        @Nullable
        String command;
    }

    private static final int INDENT = 14;

    /** Made by Declarative Services. */
    @Activate
    public HelpCommand() {
        super(Line::new);
    }

    @Override
    int run(Line options, Screen screen) {
        String wanted = options.command;
        List<CommandLine> lines = Commands.lines().stream()
                .filter(line -> wanted == null || Commands.name(line).equals(scoped(wanted)))
                .toList();
        if (lines.isEmpty()) {
            throw new UsageException("there is no command '" + wanted + "'" + Commands.didYouMean(wanted)
                    + "; help lists Jobyard's, felix:help all others");
        }
        if (options.json) {
            screen.json(Map.of("commands", lines.stream().map(HelpCommand::json).toList()));
        } else if (wanted == null) {
            list(lines, screen);
        } else {
            screen.lines(Usage.text(lines.get(0)).stripTrailing());
        }
        return 0;
    }

    private static void list(List<CommandLine> lines, Screen screen) {
        for (CommandLine line : lines) {
            String name = Commands.name(line);
            screen.lines(name + " ".repeat(INDENT - name.length()) + screen.wrapped(Commands.inShort(line), INDENT));
        }
        screen.line("");
        screen.line("help job:submit, or job:submit --help, explains a command and its options.");
        screen.line("The scope may be left out: submit is job:submit. exit ends the session.");
        screen.line("JSON goes in as it is, {\"text\": \"it's\"}, or in single quotes.");
    }

    private static Map<String, @Nullable Object> json(CommandLine line) {
        return Json.object(
                "name", Commands.name(line),
                "description", Commands.description(line),
                "usage", Usage.text(line));
    }

    private static String scoped(String name) {
        return name.contains(":") ? name : "job:" + name;
    }
}
