// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.AuditView;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.BulkView;
import io.jobyard.views.api.CanaryView;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ConfigurationView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.FacetView;
import io.jobyard.views.api.FindingView;
import io.jobyard.views.api.GroupView;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.HostView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.LimitView;
import io.jobyard.views.api.MaintenanceView;
import io.jobyard.views.api.PreviewView;
import io.jobyard.views.api.QueueView;
import io.jobyard.views.api.ScheduleView;
import io.jobyard.views.api.SessionView;
import io.jobyard.views.api.StatisticsView;
import io.jobyard.views.api.StepView;
import io.jobyard.views.api.TokenView;
import io.jobyard.views.api.UsageView;
import io.jobyard.views.api.UserView;
import io.jobyard.views.api.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands, in the order of the help. */
final class Commands {

    static final List<CommandEntry> ALL = List.of(
            new CommandEntry(
                    SubmitCommand::new,
                    ChangeView.SUBMISSION,
                    ChangeView.SUBMISSIONS,
                    JobView.JOB,
                    PreviewView.PREVIEW),
            new CommandEntry(ListCommand::new, JobView.JOBS, JobView.READY_JOBS, FacetView.COUNT, FacetView.FACETS),
            new CommandEntry(ShowCommand::new, JobView.JOB),
            new CommandEntry(ResultCommand::new, JobView.RESULT, StepView.VALUE),
            new CommandEntry(HistoryCommand::new, EventView.HISTORY),
            new CommandEntry(AwaitCommand::new, JobView.JOB),
            new CommandEntry(GroupCommand::new, GroupView.GROUP),
            new CommandEntry(StatsCommand::new, StatisticsView.STATISTICS),
            new CommandEntry(LogCommand::new, EventView.LOG, EventView.LOG_LINE),
            new CommandEntry(StreamCommand::new, StepView.PIECE),
            new CommandEntry(ExplainCommand::new, BlockerView.EXPLANATION),
            new CommandEntry(CancelCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new CommandEntry(RetryCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new CommandEntry(ChangeCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new CommandEntry(RunNowCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new CommandEntry(SignalCommand::new, ChangeView.CHANGED),
            new CommandEntry(CallbackCommand::new, ChangeView.ANSWERED),
            new CommandEntry(DeleteCommand::new, BulkView.PREVIEW, BulkView.BULK),
            new CommandEntry(BulkCommand::new, BulkView.BULKS, BulkView.BULK),
            new CommandEntry(CloneCommand::new, ChangeView.SUBMISSION),
            new CommandEntry(QueuesCommand::new, QueueView.QUEUES),
            new CommandEntry(QueueCommand::new, LimitView.DEFINED),
            new CommandEntry(PauseCommand::new, QueueView.PAUSED, ChangeView.CHANGED),
            new CommandEntry(ResumeCommand::new, QueueView.RESUMED, ChangeView.CHANGED),
            new CommandEntry(SchedulesCommand::new, ScheduleView.SCHEDULES),
            new CommandEntry(
                    ScheduleCommand::new,
                    ScheduleView.SCHEDULE,
                    ScheduleView.DONE,
                    ScheduleView.RUN,
                    ScheduleView.FIRES),
            new CommandEntry(LimitsCommand::new, LimitView.LIMITS),
            new CommandEntry(LimitCommand::new, LimitView.DEFINED),
            new CommandEntry(UsageCommand::new, UsageView.USAGE),
            new CommandEntry(HandlersCommand::new, HandlerView.HANDLERS, HandlerView.HANDLERS_OF_TYPE),
            new CommandEntry(CanaryCommand::new, CanaryView.CANARIES),
            new CommandEntry(ReleaseCommand::new, HandlerView.RELEASED),
            new CommandEntry(HostsCommand::new, HostView.HOSTS),
            new CommandEntry(DrainCommand::new, HostView.HOST),
            new CommandEntry(DoctorCommand::new, FindingView.FINDINGS),
            new CommandEntry(
                    ConfigCommand::new,
                    ConfigurationView.CONFIGURATIONS,
                    ConfigurationView.CHECK,
                    ConfigurationView.LOG,
                    ConfigurationView.ROLLBACK),
            new CommandEntry(AccountCommand::new, UserView.USERS, UserView.USER),
            new CommandEntry(TokenCommand::new, TokenView.NEW_TOKEN, TokenView.TOKENS, TokenView.REVOKED),
            new CommandEntry(SessionCommand::new, SessionView.SESSIONS, SessionView.SESSION),
            new CommandEntry(WebLinkCommand::new, SessionView.LINK),
            new CommandEntry(AuditCommand::new, AuditView.ENTRIES, AuditView.PROOF),
            new CommandEntry(
                    ExportCommand::new,
                    JobView.LISTED_JOB,
                    EventView.JOB_CHANGE,
                    EventView.EVENT,
                    EventView.CURSOR,
                    AuditView.ENTRY,
                    UsageView.RUN_USE),
            new CommandEntry(McpCommand::new),
            new CommandEntry(PurgeCommand::new, MaintenanceView.PURGE),
            new CommandEntry(BackupCommand::new, MaintenanceView.BACKUP),
            new CommandEntry(CheckCommand::new, MaintenanceView.CHECK),
            new CommandEntry(CompactCommand::new, MaintenanceView.COMPACTION),
            new CommandEntry(JobHelpCommand::new, JobHelpCommand.COMMANDS));

    /**
     * Command.
     *
     * @param function the command's name without the scope
     * @param command creates the command for one call
     * @param answers the views of the command's answers
     */
    record CommandEntry(String function, Supplier<? extends JobCommand> command, View<?>... answers) {

        /**
         * Creates a command with the name in its annotation. A model of the options would slow the start of the host.
         */
        CommandEntry(Supplier<? extends JobCommand> command, View<?>... answers) {
            this(
                    command.get().getClass().getAnnotation(Command.class).name().substring("job:".length()),
                    command,
                    answers);
        }

        CommandLine line() {
            return OptionParser.of(command.get());
        }

        /** Returns whether remote callers may not run the command, whatever its arguments. */
        boolean isLocal() {
            LocalOnly local = command.get().local();
            return local != null && local.isWhole();
        }
    }

    private Commands() {}

    static List<CommandLine> lines() {
        return ALL.stream().map(CommandEntry::line).toList();
    }

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
                lines().stream()
                        .map(Commands::name)
                        .map(name -> scoped ? name : name.substring(name.indexOf(':') + 1))
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
