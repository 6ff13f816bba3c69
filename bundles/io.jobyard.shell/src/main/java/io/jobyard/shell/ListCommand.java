// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.util.List;

final class ListCommand extends ListOptions {

    @Override
    Answer answer(CommandUser user) {
        StatusReporter status = user.status();
        if (pending) {
            return PendingList.answer(pendingLimit(), status);
        }
        JobQuery query = query(user.now());
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
                    job.terms().priority(),
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
                ? " among those created since " + page.lookedBackTo() + "; the search ended there, there may be more"
                : page.more() ? " and more" : "";
        return jobs + more + (found == 0 ? "" : "; ids are shown by their ends, which every command takes");
    }
}
