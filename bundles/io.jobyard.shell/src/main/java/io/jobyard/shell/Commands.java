// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.AuditView;
import io.jobyard.views.api.BlockerView;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.ConfigurationView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.FindingView;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.LimitView;
import io.jobyard.views.api.MaintenanceView;
import io.jobyard.views.api.QueueView;
import io.jobyard.views.api.StatisticsView;
import io.jobyard.views.api.View;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** All commands there are, in the order in which help names them. */
final class Commands {

    static final List<Words> ALL = List.of(
            new Words(SubmitOptions::new, ChangeView.SUBMISSION, ChangeView.SUBMISSIONS, JobView.JOB),
            new Words(ListOptions::new, JobView.JOBS, JobView.READY_JOBS),
            new Words(ShowCommand.Line::new, JobView.JOB),
            new Words(ResultCommand.Line::new, JobView.RESULT),
            new Words(HistoryCommand.Line::new, EventView.HISTORY),
            new Words(AwaitCommand.Line::new, JobView.JOB),
            new Words(StatsCommand.Line::new, StatisticsView.STATISTICS),
            new Words(LogCommand.Line::new, EventView.LOG),
            new Words(ExplainCommand.Line::new, BlockerView.EXPLANATION),
            new Words(CancelCommand.Line::new, ChangeView.CHANGED),
            new Words(RetryCommand.Line::new, ChangeView.CHANGED),
            new Words(ChangeCommand.Line::new, ChangeView.CHANGED),
            new Words(QueuesCommand.Line::new, QueueView.QUEUES),
            new Words(PauseCommand.Line::new, QueueView.PAUSED),
            new Words(ResumeCommand.Line::new, QueueView.RESUMED),
            new Words(LimitsCommand.Line::new, LimitView.LIMITS),
            new Words(HandlersCommand.Line::new, HandlerView.HANDLERS, HandlerView.HANDLERS_OF_TYPE),
            new Words(ReleaseCommand.Line::new, HandlerView.RELEASED),
            new Words(DoctorCommand.Line::new, FindingView.FINDINGS),
            new Words(ConfigCommand.Line::new, ConfigurationView.CONFIGURATIONS),
            new Words(AuditCommand.Line::new, AuditView.ENTRIES, AuditView.PROOF),
            new Words(ExportCommand.Line::new, JobView.LISTED_JOB, EventView.EVENT, AuditView.ENTRY),
            new Words(PurgeCommand.Line::new, MaintenanceView.PURGE),
            new Words(BackupCommand.Line::new, MaintenanceView.BACKUP),
            new Words(CheckCommand.Line::new, MaintenanceView.CHECK),
            new Words(CompactCommand.Line::new, MaintenanceView.COMPACTION),
            new Words(JobHelpCommand.Line::new, JobHelpCommand.COMMANDS));

    /** What a command takes, and the views it answers with. */
    record Words(Supplier<? extends Options> options, View<?>... answers) {}

    private Commands() {}

    static List<CommandLine> lines() {
        return ALL.stream().map(words -> OptionParser.of(words.options().get())).toList();
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
