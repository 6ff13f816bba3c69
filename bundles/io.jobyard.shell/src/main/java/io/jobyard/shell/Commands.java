// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.AuditView;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ConfigurationView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.FindingView;
import io.jobyard.views.api.HostView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.MaintenanceView;
import io.jobyard.views.api.PreviewView;
import io.jobyard.views.api.SessionView;
import io.jobyard.views.api.StepView;
import io.jobyard.views.api.UsageView;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** All commands, in the order of the help. */
final class Commands {

    static final List<CommandEntry> ALL = List.of(
            CommandEntry.of(
                    SubmitCommand::new,
                    ChangeView.SUBMISSION,
                    ChangeView.SUBMISSIONS,
                    JobView.JOB,
                    PreviewView.PREVIEW),
            CommandEntry.of(ListCommand.COMMAND),
            CommandEntry.of(ShowCommand.COMMAND),
            CommandEntry.of(ResultCommand.COMMAND),
            CommandEntry.of(HistoryCommand.COMMAND),
            CommandEntry.of(AwaitCommand::new, JobView.JOB),
            CommandEntry.of(GroupCommand.COMMAND),
            CommandEntry.of(StatsCommand.COMMAND),
            CommandEntry.of(SamplesCommand.COMMAND),
            CommandEntry.of(LogCommand::new, EventView.LOG, EventView.LOG_LINE),
            CommandEntry.of(StreamCommand::new, StepView.PIECE),
            CommandEntry.of(ExplainCommand.COMMAND),
            CommandEntry.of(JobsCommands.CANCEL),
            CommandEntry.of(JobsCommands.RETRY),
            CommandEntry.of(JobsCommands.CHANGE),
            CommandEntry.of(JobsCommands.RUN_NOW),
            CommandEntry.of(SignalCommand.COMMAND),
            CommandEntry.of(CallbackCommand.COMMAND),
            CommandEntry.of(JobsCommands.DELETE),
            CommandEntry.of(BulkCommand.COMMAND),
            CommandEntry.of(CloneCommand.COMMAND),
            CommandEntry.of(ForkCommand.COMMAND),
            CommandEntry.of(QueuesCommand.COMMAND),
            CommandEntry.of(QueueCommand.COMMAND),
            CommandEntry.of(PauseCommand.PAUSE),
            CommandEntry.of(PauseCommand.RESUME),
            CommandEntry.of(SchedulesCommand.COMMAND),
            CommandEntry.of(ScheduleCommand.COMMAND),
            CommandEntry.of(LimitsCommand.COMMAND),
            CommandEntry.of(LimitCommand.COMMAND),
            CommandEntry.of(UsageCommand.COMMAND),
            CommandEntry.of(HandlersCommand.COMMAND),
            CommandEntry.of(CanaryCommand.COMMAND),
            CommandEntry.of(ReleaseCommand.COMMAND),
            CommandEntry.of(HostsCommand.COMMAND),
            CommandEntry.of(DrainCommand::new, HostView.HOST),
            CommandEntry.of(DoctorCommand::new, FindingView.FINDINGS),
            CommandEntry.of(
                    ConfigCommand::new,
                    ConfigurationView.CONFIGURATIONS,
                    ConfigurationView.CHECK,
                    ConfigurationView.LOG,
                    ConfigurationView.ROLLBACK),
            CommandEntry.of(AccountCommand.COMMAND),
            CommandEntry.of(TokenCommand.COMMAND),
            CommandEntry.of(SessionCommand.COMMAND),
            CommandEntry.of(WebLinkCommand::new, SessionView.LINK),
            CommandEntry.of(AuditCommand.COMMAND),
            CommandEntry.of(
                    ExportCommand::new,
                    JobView.LISTED_JOB,
                    EventView.JOB_CHANGE,
                    EventView.EVENT,
                    EventView.CURSOR,
                    AuditView.ENTRY,
                    UsageView.RUN_USE),
            CommandEntry.of(McpCommand::new),
            CommandEntry.of(PurgeCommand::new, MaintenanceView.PURGE),
            CommandEntry.of(BackupCommand::new, MaintenanceView.BACKUP),
            CommandEntry.of(CheckCommand::new, MaintenanceView.CHECK),
            CommandEntry.of(CompactCommand::new, MaintenanceView.COMPACTION),
            CommandEntry.of(JobHelpCommand::new, JobHelpCommand.COMMANDS));

    private Commands() {}

    /** Returns the command with this name, with or without the scope. */
    static Optional<CommandEntry> find(List<CommandEntry> commands, String name) {
        String function = name.replaceFirst("^job:", "");
        return commands.stream()
                .filter(each -> each.function().equals(function))
                .findFirst();
    }

    static String name(CommandLine line) {
        return line.getCommandSpec().name();
    }

    /** Returns a hint for the error message of an unknown command. */
    static String didYouMean(String typed) {
        boolean scoped = typed.contains(":");
        return Spelling.hint(
                typed,
                ALL.stream()
                        .map(each -> scoped ? "job:" + each.function() : each.function())
                        .toList());
    }

    /** Returns the first sentence of the description. */
    static String inShort(CommandLine line) {
        return description(line).split("(?<=\\.) ", 2)[0];
    }

    static String description(CommandLine line) {
        return String.join(" ", line.getCommandSpec().usageMessage().description());
    }
}
