// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job:list}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "list")
public final class ListCommand extends JobCommand<ListCommand.Line> {

    @Command(name = "job:list", description = "List jobs, the youngest first.")
    static final class Line extends Options {

        @Option(
                names = "--status",
                paramLabel = "S",
                description = "Only these: waiting, queued, running, completed, failed or cancelled.")
        @Nullable
        String status;

        @Option(names = "--type", paramLabel = "T", description = "Only jobs of this type.")
        @Nullable
        String type;

        @Option(names = "--queue", paramLabel = "Q", description = "Only jobs of this queue.")
        @Nullable
        String queue;

        @Option(names = "--submitter", paramLabel = "U", description = "Only jobs this user or bundle asked for.")
        @Nullable
        String submitter;

        @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 10000; 20 if left out.")
        int limit = 20;
    }

    private final StatusReporter status;
    private final JobJson json;

    /**
     * Made by Declarative Services.
     *
     * @param status knows the jobs
     */
    @Activate
    public ListCommand(@Reference StatusReporter status) {
        super(Line::new);
        this.status = status;
        json = new JobJson(status);
    }

    @Override
    int run(Line options, Screen screen) {
        JobStatus wanted = options.status == null ? null : JobStatus.of(options.status);
        JobPage page = status.find(new JobQuery(wanted, options.type, options.queue, options.submitter, options.limit));
        if (options.json) {
            screen.json(Json.object(
                    "jobs", page.jobs().stream().map(json::brief).toList(),
                    "more", page.more()));
        } else if (page.jobs().isEmpty()) {
            screen.line("no jobs");
        } else {
            print(page, screen);
        }
        return 0;
    }

    private static void print(JobPage page, Screen screen) {
        Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");
        for (Job job : page.jobs()) {
            table.row(
                    JobText.ending(job.id()),
                    job.type(),
                    JobText.state(job),
                    job.terms().priority(),
                    job.queue(),
                    job.submitter(),
                    JobText.time(job.createdAt()));
        }
        table.print(screen);
        String count = page.jobs().size() == 1 ? "1 job" : page.jobs().size() + " jobs";
        String more = page.more() ? ", and more there are (--limit)" : "";
        screen.line(count + more + "; ids are shown by their ends, which every command takes");
    }
}
