// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.util.List;

/** Answers {@code job:list --pending}. */
final class PendingList {

    private PendingList() {}

    static Answer answer(JobFilter filter, int limit, StatusReporter status) {
        List<PendingJob> pending = status.pending(filter, limit);
        JobView.Ready ready = new JobView.Ready(pending, pending.size() == limit);
        String such = filter.equals(JobFilter.ALL) ? "" : " that matches";
        return Answer.of(
                JobView.READY_JOBS, new Reported<>(ready, status), (told, screen) -> print(told, such, screen));
    }

    private static void print(Reported<JobView.Ready> told, String such, Screen screen) {
        List<PendingJob> pending = told.what().jobs();
        if (!pending.isEmpty()) {
            table(pending, told.reporter()).print(screen);
        }
        String jobs = switch (pending.size()) {
            case 0 -> "no job" + such + " is ready";
            case 1 -> "1 ready job" + such;
            default -> pending.size() + " ready jobs" + such + ", the next first";
        };
        screen.line(jobs + (told.what().more() ? "; there may be more" : ""));
    }

    private static Table table(List<PendingJob> pending, StatusReporter status) {
        Table table = new Table("NR", "ID", "TYPE", "PRIO", "QUEUE", "SUBMITTER", "READY", "HELD BY");
        for (PendingJob each : pending) {
            Job job = each.job();
            table.row(
                    each.position(),
                    JobText.ending(job.id()),
                    job.type(),
                    job.terms().routing().priority(),
                    status.queue(job),
                    job.submitter(),
                    JobText.time(job.state().changedAt()),
                    each.blockedBy().isEmpty() ? null : each.blockedBy().get(0).gate());
        }
        return table;
    }
}
