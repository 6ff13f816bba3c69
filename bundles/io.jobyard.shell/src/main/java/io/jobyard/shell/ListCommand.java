// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:list}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "list")
public final class ListCommand extends JobCommand<ListOptions> {

    private final Callers callers;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     * @param clock what durations count from
     */
    @Activate
    public ListCommand(@Reference Callers callers, @Reference Clock clock) {
        super(ListOptions::new);
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    int run(ListOptions options, Screen screen) {
        StatusReporter status = callers.status(options, screen);
        if (options.pending) {
            new PendingList(status, screen).print(options.pendingLimit(), options.json);
            return 0;
        }
        JobQuery query = options.query(clock.instant());
        JobPage page = status.find(query);
        if (options.json) {
            screen.json(Json.object(
                    "jobs", page.jobs().stream().map(new JobJson(status)::brief).toList(),
                    "more", page.more(),
                    "next", Objects.toString(page.next(), null),
                    "lookedBackTo", Objects.toString(page.lookedBackTo(), null)));
        } else {
            if (!page.jobs().isEmpty()) {
                print(page.jobs(), status, screen);
            }
            screen.line(count(page, query));
            if (page.next() != null) {
                screen.line("the next: " + ListOptions.next(query, page.next()));
            }
        }
        return 0;
    }

    private static void print(List<Job> jobs, StatusReporter status, Screen screen) {
        Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");
        for (Job job : jobs) {
            table.row(
                    JobText.ending(job.id()),
                    job.type(),
                    JobText.state(job),
                    job.terms().priority(),
                    status.queue(job),
                    job.submitter(),
                    JobText.time(job.createdAt()));
        }
        table.print(screen);
    }

    private static String count(JobPage page, JobQuery query) {
        int found = page.jobs().size();
        String jobs = found == 0
                ? query.after() == null ? "no jobs" : "no more jobs"
                : found == 1 ? "1 job" : found + " jobs";
        String more = page.lookedBackTo() != null
                ? " among those created since " + page.lookedBackTo() + "; the search ended there, there may be more"
                : page.more() ? " and more" : "";
        return jobs + more + (found == 0 ? "" : "; ids are shown by their ends, which every command takes");
    }
}
