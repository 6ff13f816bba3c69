// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.util.List;

/** Prints the ready jobs. */
final class PendingList {

    private PendingList() {}

    static void print(Reported<JobView.Ready> told, FormCall call, Screen screen) {
        boolean isWhole = call.call().inputs().without("limit").isEmpty();
        String such = isWhole ? "" : " that matches";
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
