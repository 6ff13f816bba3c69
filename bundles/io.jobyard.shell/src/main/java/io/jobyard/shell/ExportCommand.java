// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.RunUse;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.views.api.AuditView;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.EventView.ChangeOfJob;
import io.jobyard.views.api.Instants;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.UsageView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads page by page, so that a million lines need no more memory than a thousand. */
@Command(
        name = "job:export",
        description = "Export all jobs, all their changes, recent events, the audit, or usage as JSON Lines: one JSON"
                + " object per line, without payloads and results.")
final class ExportCommand extends UserCommand {

    static final int PAGE = 500;

    @Option(
            names = "--what",
            required = true,
            paramLabel = "WHAT",
            description =
                    "What to export. jobs: each job in its current state, newest first. history: each change of each"
                            + " job, newest job first. events: each change that the feed retains, in commit order, with its"
                            + " cursor. cursor: only the cursor of the newest event. audit: each audit row, grouped by host"
                            + " start. usage: the usage of each run per unit, in order of their starts.")
    String what = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only jobs created, changes made or rows written at or after this time: an instant such as"
                    + " 2027-01-31T08:00:00Z, a time of day such as 18:30, or an age such as 2h or 1d.")
    @Nullable
    String since;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description =
                    "With --what events: only events after this cursor, from the last line of an earlier export or"
                            + " from --what cursor.")
    @Nullable
    String after;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        StatusReporter status = user.status();
        Instant from = since == null ? null : Instants.past("--since", since, user.now());
        if (after != null && !what.equals("events")) {
            throw new UsageException(
                    "--after", "--after requires --what events, which have cursors: use --since instead");
        }
        switch (what) {
            case "jobs" -> jobs(status, from, user.screen());
            case "audit" -> {
                user.require(AccessRule.AUDIT);
                audit(user.audit(), from, user.screen());
            }
            case "history" -> history(status, from, user.screen());
            case "events" -> {
                EventCursor start = after == null ? EventCursor.START : EventCursor.of(after);
                events(status, from, start, user.screen());
            }
            case "usage" -> usage(status, from, user);
            case "cursor" -> user.screen().json(EventView.CURSOR.json(status.newestCursor()));
            default ->
                throw new UsageException(
                        "--what", "unknown --what '" + what + "'; use jobs, history, events, cursor, audit or usage");
        }
        return Answer.printed(0);
    }

    private static void jobs(StatusReporter status, @Nullable Instant since, Screen screen)
            throws InterruptedException {
        JobQuery query = since == null ? JobQuery.all(PAGE) : JobQuery.of(JobFilter.ALL.withSince(since), PAGE);
        pages(status, query, screen, page -> {
            for (Job job : page) {
                screen.json(JobView.LISTED_JOB.json(new Reported<>(job, status)));
            }
        });
    }

    private static void history(StatusReporter status, @Nullable Instant since, Screen screen)
            throws InterruptedException {
        pages(status, JobQuery.all(PAGE), screen, page -> {
            Map<JobId, List<HistoryEvent>> histories =
                    status.histories(page.stream().map(Job::id).toList());
            for (Job job : page) {
                histories.getOrDefault(job.id(), List.of()).stream()
                        .filter(change -> since == null || !change.at().isBefore(since))
                        .forEach(change -> screen.json(EventView.JOB_CHANGE.json(new ChangeOfJob(job, change))));
            }
        });
    }

    private static void pages(StatusReporter status, JobQuery first, Screen screen, Consumer<List<Job>> printer)
            throws InterruptedException {
        JobQuery query = first;
        while (query != null && isHeard(screen)) {
            JobPage page = status.find(query);
            printer.accept(page.jobs());
            query = page.next() == null ? null : query.withAfter(page.next());
        }
    }

    private static void events(StatusReporter status, @Nullable Instant since, EventCursor after, Screen screen)
            throws InterruptedException {
        List<JobEvent> page = status.events(after, PAGE);
        while (isHeard(screen) && !page.isEmpty()) {
            for (JobEvent event : page) {
                if (since == null || !event.change().at().isBefore(since)) {
                    screen.json(EventView.EVENT.json(event));
                }
            }
            page = status.events(page.get(page.size() - 1).cursor(), PAGE);
        }
    }

    private static void usage(StatusReporter status, @Nullable Instant since, CommandUser user)
            throws InterruptedException {
        Instant from = since == null ? Instant.EPOCH : since;
        List<RunUse> page = status.allUses(from, user.now(), null, PAGE);
        while (isHeard(user.screen()) && !page.isEmpty()) {
            page.forEach(use -> user.screen().json(UsageView.RUN_USE.json(use)));
            page = status.allUses(from, user.now(), page.get(page.size() - 1), PAGE);
        }
    }

    private static void audit(AuditTrail audit, @Nullable Instant since, Screen screen) throws InterruptedException {
        audit.each(row -> {
            if (since == null || !row.entry().at().isBefore(since)) {
                screen.json(AuditView.ENTRY.json(row));
            }
            return !Thread.currentThread().isInterrupted() && !screen.out().checkError();
        });
        isHeard(screen); // throws an exception after an interrupt
    }

    /** Returns whether the reader still reads the output. */
    private static boolean isHeard(Screen screen) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return !screen.out().checkError();
    }
}
