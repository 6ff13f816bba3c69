// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** All commands there are, in the order in which help names them. */
final class Commands {

    static final List<Supplier<? extends Options>> ALL = List.of(
            SubmitOptions::new,
            ListOptions::new,
            ShowCommand.Line::new,
            ResultCommand.Line::new,
            HistoryCommand.Line::new,
            AwaitCommand.Line::new,
            StatsCommand.Line::new,
            LogCommand.Line::new,
            ExplainCommand.Line::new,
            CancelCommand.Line::new,
            RetryCommand.Line::new,
            ChangeCommand.Line::new,
            QueuesCommand.Line::new,
            PauseCommand.Line::new,
            ResumeCommand.Line::new,
            LimitsCommand.Line::new,
            HandlersCommand.Line::new,
            ReleaseCommand.Line::new,
            DoctorCommand.Line::new,
            ConfigCommand.Line::new,
            AuditCommand.Line::new,
            ExportCommand.Line::new,
            PurgeCommand.Line::new,
            BackupCommand.Line::new,
            CheckCommand.Line::new,
            CompactCommand.Line::new,
            HelpCommand.Line::new);

    private Commands() {}

    static List<CommandLine> lines() {
        return ALL.stream().map(options -> OptionParser.of(options.get())).toList();
    }

    static String name(CommandLine line) {
        return line.getCommandSpec().name();
    }

    /** What to add to a message that there is no such command. */
    static String didYouMean(String typed) {
        boolean scoped = typed.contains(":");
        return Spelling.hint(
                typed,
                lines().stream()
                        .map(Commands::name)
                        .map(name -> scoped ? name : name.substring(name.indexOf(':') + 1))
                        .toList());
    }

    /** The first sentence of the description. */
    static String inShort(CommandLine line) {
        return description(line).split("(?<=\\.) ", 2)[0];
    }

    static String description(CommandLine line) {
        return String.join(" ", line.getCommandSpec().usageMessage().description());
    }
}
