// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkStatus;
import io.jobyard.api.JobManager;
import io.jobyard.views.api.BulkView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:bulk",
        sortOptions = false,
        description = "Show the progress of bulk operations, or stop one. Changes made before the stop remain.")
final class BulkCommand extends UserCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "NR",
            description = "Number of the bulk operation (default: the latest ones).")
    @Nullable
    Integer number;

    @Option(names = "--stop", description = "Stop the operation before its next jobs.")
    boolean stop;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Maximum number of operations to list (1–1000; default 20).")
    int limit = 20;

    @Override
    Answer answer(CommandUser user) {
        JobManager jobs = user.jobs();
        Integer one = number;
        if (one == null) {
            if (stop) {
                throw new UsageException("--stop requires a number: job:bulk NR --stop");
            }
            return Answer.of(BulkView.BULKS, jobs.bulks(limit), BulkCommand::print);
        }
        return Answer.of(
                BulkView.BULK,
                stop ? jobs.stopBulk(one) : jobs.bulk(one),
                (bulk, screen) -> print(List.of(bulk), screen));
    }

    private static void print(List<BulkStatus> bulks, Screen screen) {
        if (bulks.isEmpty()) {
            screen.line("no bulk operations yet");
            return;
        }
        Table table = new Table("NR", "ACTION", "JOBS", "BY", "ASKED", "DONE", "REFUSED", "STATE");
        for (BulkStatus bulk : bulks) {
            table.row(
                    String.valueOf(bulk.number()),
                    bulk.request().action().text(),
                    bulk.request().filter().toString(),
                    bulk.by(),
                    JobText.time(bulk.askedAt()),
                    String.valueOf(bulk.progress().done()),
                    String.valueOf(bulk.progress().refused()),
                    state(bulk));
        }
        table.print(screen);
        if (bulks.size() == 1 && bulks.get(0).progress().refusal() != null) {
            screen.line("the latest refusal: " + bulks.get(0).progress().refusal());
        }
    }

    private static String state(BulkStatus bulk) {
        Instant reached = bulk.progress().reached();
        if (bulk.stoppedBy() != null) {
            return (bulk.isFinished() ? "stopped by " : "is stopped by ") + bulk.stoppedBy();
        } else if (bulk.isFinished()) {
            return "over";
        }
        return reached == null ? "begins" : "at jobs of " + JobText.time(reached);
    }
}
