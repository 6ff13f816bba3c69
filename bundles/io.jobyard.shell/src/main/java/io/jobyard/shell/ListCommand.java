// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:list",
        sortOptions = false,
        description = "List jobs, newest first. With --pending: list the ready jobs in starting order. Options narrow"
                + " the list. All except --error use the search index, which lags by at most a second. --error"
                + " reads the matching jobs until the list is full or a second has passed; the output then shows"
                + " how far the search got.")
final class ListCommand extends UserCommand {

    @Mixin
    final ListOptions options = new ListOptions();

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        if (options.pending) {
            return PendingList.answer(options.pending(user.now()), options.limit, status);
        }
        JobQuery query = options.query(user.now());
        if (options.count || options.facets) {
            return JobNumbers.answer(status.facets(query.filter()), options.facets);
        }
        return Answer.of(
                JobView.JOBS,
                new Reported<>(status.find(query), status),
                (page, screen) -> print(page.what(), query, status, screen));
    }

    private static void print(JobPage page, JobQuery query, StatusReporter status, Screen screen) {
        if (!page.jobs().isEmpty()) {
            table(page.jobs(), status).print(screen);
        }
        screen.line(count(page, query));
        if (page.asOf() != null) {
            screen.line(JobNumbers.asOf(page.asOf()));
        }
        if (page.next() != null) {
            screen.line("the next: " + ListOptions.next(query, page.next()));
        }
    }

    private static Table table(List<Job> jobs, StatusReporter status) {
        Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");
        for (Job job : jobs) {
            table.row(
                    JobText.ending(job.id()),
                    job.type(),
                    JobText.state(job),
                    job.terms().routing().priority(),
                    status.queue(job),
                    job.submitter(),
                    JobText.time(job.createdAt()));
        }
        return table;
    }

    private static String count(JobPage page, JobQuery query) {
        int found = page.jobs().size();
        String jobs = found == 0
                ? query.after() == null ? "no jobs" : "no more jobs"
                : found == 1 ? "1 job" : found + " jobs";
        String more = page.lookedBackTo() != null
                ? " among those created " + (query.order() == JobQuery.JobOrder.OLDEST_FIRST ? "until " : "since ")
                        + page.lookedBackTo() + "; the search stopped there, so there may be more"
                : page.more() ? " and more" : "";
        return jobs
                + more
                + (found == 0 ? "" : "; IDs are shortened to their last characters, which every command accepts");
    }
}
