// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import java.time.Clock;
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
        JobQuery query = options.query(clock.instant());
        JobPage page = status.find(query);
        if (options.json) {
            screen.json(Json.object(
                    "jobs", page.jobs().stream().map(new JobJson(status)::brief).toList(),
                    "more", page.more(),
                    "next", page.more() ? Objects.toString(page.next()) : null));
        } else if (page.jobs().isEmpty()) {
            screen.line(query.after() == null ? "no jobs" : "no more jobs");
        } else {
            print(page, query, status, screen);
        }
        return 0;
    }

    private void print(JobPage page, JobQuery query, StatusReporter status, Screen screen) {
        Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");
        for (Job job : page.jobs()) {
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
        String count = page.jobs().size() == 1 ? "1 job" : page.jobs().size() + " jobs";
        JobId next = page.next();
        screen.line(
                count + (next == null ? "" : " and more") + "; ids are shown by their ends, which every command takes");
        if (next != null) {
            screen.line("the next: " + ListOptions.next(query, next));
        }
    }
}
