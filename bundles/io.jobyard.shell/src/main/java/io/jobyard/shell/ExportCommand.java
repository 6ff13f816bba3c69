// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:export}: page by page, so that a million lines need no more memory than a thousand. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "export")
public final class ExportCommand extends JobCommand<ExportCommand.Line> {

    static final int PAGE = 500;

    @Command(
            name = "job:export",
            description =
                    "Print all jobs, all their changes, or the audit as JSON Lines. One JSON object a line, without"
                            + " payloads and results.")
    static final class Line extends UserOptions {

        @Option(
                names = "--what",
                required = true,
                paramLabel = "WHAT",
                completionCandidates = Choices.Exports.class,
                description = "jobs: each job as it is now, the youngest first. history: each change of a job in the"
                        + " order of the commits, with its cursor. audit: each row of it, one life of the host after"
                        + " the other.")
        String what = "";

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description =
                        "Only jobs created, changes made or rows written since then: an instant such as 2027-01-31T08:00:00Z, a"
                                + " time of the day such as 18:30, or how long ago, such as 2h or 1d.")
        @Nullable
        String since;

        @Option(
                names = "--after",
                paramLabel = "CURSOR",
                description = "Only changes after this one: the cursor of the last line of an earlier export.")
        @Nullable
        String after;
    }

    private final AuditTrail audit;
    private final Callers callers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param audit is printed
     * @param callers know whom it speaks for
     * @param clock says what the time is
     */
    @Activate
    public ExportCommand(@Reference AuditTrail audit, @Reference Callers callers, @Reference Clock clock) {
        super(Line::new);
        this.audit = audit;
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    int run(Line options, Screen screen) throws InterruptedException {
        StatusReporter status = callers.status(options, screen);
        Instant since = options.since == null ? null : Moments.past("--since", options.since, clock.instant());
        if (options.after != null && !options.what.equals("history")) {
            throw new UsageException("--after goes with --what history; else use --since");
        }
        switch (options.what) {
            case "jobs" -> jobs(status, since, screen);
            case "audit" -> {
                callers.require(Operation.AUDIT, options, screen);
                audit(since, screen);
            }
            case "history" ->
                history(
                        status,
                        since,
                        options.after == null ? EventCursor.START : EventCursor.of(options.after),
                        screen);
            default -> throw new UsageException("--what '" + options.what + "' is unknown; use jobs, history or audit");
        }
        return 0;
    }

    private static void jobs(StatusReporter status, @Nullable Instant since, Screen screen)
            throws InterruptedException {
        JobJson json = new JobJson(status);
        JobQuery query = since == null ? JobQuery.all(PAGE) : JobQuery.all(PAGE).withSince(since);
        while (query != null && isHeard(screen)) {
            JobPage page = status.find(query);
            for (Job job : page.jobs()) {
                screen.json(json.brief(job));
            }
            query = page.next() == null ? null : query.withAfter(page.next());
        }
    }

    private static void history(StatusReporter status, @Nullable Instant since, EventCursor after, Screen screen)
            throws InterruptedException {
        List<JobEvent> page = status.events(after, PAGE);
        while (isHeard(screen) && !page.isEmpty()) {
            for (JobEvent event : page) {
                if (since == null || !event.change().at().isBefore(since)) {
                    screen.json(json(event));
                }
            }
            page = status.events(page.get(page.size() - 1).cursor(), PAGE);
        }
    }

    private void audit(@Nullable Instant since, Screen screen) throws InterruptedException {
        audit.each(row -> {
            if (since == null || !row.entry().at().isBefore(since)) {
                screen.json(AuditCommand.json(row));
            }
            return !Thread.currentThread().isInterrupted() && !screen.out().checkError();
        });
        isHeard(screen); // an interrupt is told as such
    }

    private static Map<String, @Nullable Object> json(JobEvent event) {
        Map<String, @Nullable Object> json = Json.object(
                "cursor", event.cursor().toString(),
                "job", event.job().toString(),
                "type", event.type(),
                "submitter", event.submitter());
        json.putAll(HistoryCommand.json(event.change()));
        return json;
    }

    /** Whether anybody still reads. */
    private static boolean isHeard(Screen screen) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return !screen.out().checkError();
    }
}
