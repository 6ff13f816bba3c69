// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code job:list --pending}. */
final class PendingList {

    private final StatusReporter status;
    private final Screen screen;

    PendingList(StatusReporter status, Screen screen) {
        this.status = status;
        this.screen = screen;
    }

    void print(int limit, boolean json) {
        List<PendingJob> pending = status.pending(limit);
        boolean more = pending.size() == limit;
        if (json) {
            screen.json(Json.object("jobs", pending.stream().map(this::json).toList(), "more", more));
            return;
        }
        if (!pending.isEmpty()) {
            table(pending).print(screen);
        }
        String jobs = switch (pending.size()) {
            case 0 -> "no job is ready";
            case 1 -> "1 ready job";
            default -> pending.size() + " ready jobs, the next first";
        };
        screen.line(jobs + (more ? "; there may be more" : ""));
    }

    private Map<String, @Nullable Object> json(PendingJob pending) {
        Map<String, @Nullable Object> job = new JobJson(status).brief(pending.job());
        job.put("place", pending.place());
        job.put("blockedBy", Blockers.json(pending.blockedBy()));
        return job;
    }

    private Table table(List<PendingJob> pending) {
        Table table = new Table("NR", "ID", "TYPE", "PRIO", "QUEUE", "SUBMITTER", "READY", "HELD BY");
        for (PendingJob each : pending) {
            Job job = each.job();
            table.row(
                    each.place(),
                    JobText.ending(job.id()),
                    job.type(),
                    job.terms().priority(),
                    status.queue(job),
                    job.submitter(),
                    JobText.time(job.state().changedAt()),
                    each.blockedBy().isEmpty() ? null : each.blockedBy().get(0).gate());
        }
        return table;
    }
}
