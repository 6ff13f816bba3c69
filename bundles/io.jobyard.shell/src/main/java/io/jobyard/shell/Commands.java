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
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands there are, in the order in which help names them. */
final class Commands {

    static final List<Entry> ALL = List.of(
            new Entry(
                    SubmitCommand::new,
                    ChangeView.SUBMISSION,
                    ChangeView.SUBMISSIONS,
                    JobView.JOB,
                    PreviewView.PREVIEW),
            new Entry(ListCommand::new, JobView.JOBS, JobView.READY_JOBS, FacetView.COUNT, FacetView.FACETS),
            new Entry(ShowCommand::new, JobView.JOB),
            new Entry(ResultCommand::new, JobView.RESULT, StepView.VALUE),
            new Entry(HistoryCommand::new, EventView.HISTORY),
            new Entry(AwaitCommand::new, JobView.JOB),
            new Entry(GroupCommand::new, GroupView.GROUP),
            new Entry(StatsCommand::new, StatisticsView.STATISTICS),
            new Entry(LogCommand::new, EventView.LOG, EventView.LOG_LINE),
            new Entry(StreamCommand::new, StepView.PIECE),
            new Entry(ExplainCommand::new, BlockerView.EXPLANATION),
            new Entry(CancelCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new Entry(RetryCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new Entry(ChangeCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new Entry(RunNowCommand::new, ChangeView.CHANGED, BulkView.PREVIEW, BulkView.BULK),
            new Entry(SignalCommand::new, ChangeView.CHANGED),
            new Entry(CallbackCommand::new, ChangeView.ANSWERED),
            new Entry(DeleteCommand::new, BulkView.PREVIEW, BulkView.BULK),
            new Entry(BulkCommand::new, BulkView.BULKS, BulkView.BULK),
            new Entry(CloneCommand::new, ChangeView.SUBMISSION),
            new Entry(QueuesCommand::new, QueueView.QUEUES),
            new Entry(QueueCommand::new, LimitView.DEFINED),
            new Entry(PauseCommand::new, QueueView.PAUSED, ChangeView.CHANGED),
            new Entry(ResumeCommand::new, QueueView.RESUMED, ChangeView.CHANGED),
            new Entry(SchedulesCommand::new, ScheduleView.SCHEDULES),
            new Entry(
                    ScheduleCommand::new,
                    ScheduleView.SCHEDULE,
                    ScheduleView.DONE,
                    ScheduleView.RUN,
                    ScheduleView.FIRES),
            new Entry(LimitsCommand::new, LimitView.LIMITS),
            new Entry(LimitCommand::new, LimitView.DEFINED),
            new Entry(UsageCommand::new, UsageView.USAGE),
            new Entry(HandlersCommand::new, HandlerView.HANDLERS, HandlerView.HANDLERS_OF_TYPE),
            new Entry(CanaryCommand::new, CanaryView.CANARIES),
            new Entry(ReleaseCommand::new, HandlerView.RELEASED),
            new Entry(HostsCommand::new, HostView.HOSTS),
            new Entry(DrainCommand::new, HostView.HOST),
            new Entry(DoctorCommand::new, FindingView.FINDINGS),
            new Entry(
                    ConfigCommand::new,
                    ConfigurationView.CONFIGURATIONS,
                    ConfigurationView.CHECK,
                    ConfigurationView.LOG,
                    ConfigurationView.ROLLBACK),
            new Entry(AccountCommand::new, UserView.USERS, UserView.USER),
            new Entry(TokenCommand::new, TokenView.NEW_TOKEN, TokenView.TOKENS, TokenView.REVOKED),
            new Entry(SessionCommand::new, SessionView.SESSIONS, SessionView.SESSION),
            new Entry(WebLinkCommand::new, SessionView.LINK),
            new Entry(AuditCommand::new, AuditView.ENTRIES, AuditView.PROOF),
            new Entry(
                    ExportCommand::new,
                    JobView.LISTED_JOB,
                    EventView.JOB_CHANGE,
                    EventView.EVENT,
                    EventView.CURSOR,
                    AuditView.ENTRY,
                    UsageView.RUN_USE),
            new Entry(McpCommand::new),
            new Entry(PurgeCommand::new, MaintenanceView.PURGE),
            new Entry(BackupCommand::new, MaintenanceView.BACKUP),
            new Entry(CheckCommand::new, MaintenanceView.CHECK),
            new Entry(CompactCommand::new, MaintenanceView.COMPACTION),
            new Entry(JobHelpCommand::new, JobHelpCommand.COMMANDS));

    /** A command, and the views it answers with. */
    record Entry(Supplier<? extends JobCommand> command, View<?>... answers) {

        CommandLine line() {
            return OptionParser.of(command.get());
        }

        /** Its name without the scope. Read from the annotation: a start needs no model of the options. */
        String function() {
            return command.get().getClass().getAnnotation(Command.class).name().substring("job:".length());
        }
    }

    private Commands() {}

    static List<CommandLine> lines() {
        return ALL.stream().map(Entry::line).toList();
    }

    static String name(CommandLine line) {
        return line.getCommandSpec().name();
    }

    /** A hint to add to the message that there is no such command. */
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
