// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.Move;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Audit entries for operations of people. */
final class AuditEntries {

    private AuditEntries() {}

    static AuditEntry entry(Caller caller, AccessRule operation, Move move) {
        Job job = move.before().job();
        HistoryEvent event = move.event();
        String detail = event == null || event.why().isEmpty()
                ? job.status().text() + " → " + move.state().status().text()
                : event.why();
        return new AuditEntry(
                event == null ? move.state().changedAt() : event.at(),
                caller.inFull(),
                operation.words(),
                "job " + job.id() + " of " + job.submitter(),
                detail);
    }

    /** Returns the change without its value, which only the handler may read. */
    static AuditEntry signal(Caller caller, Instant now, Job job, String name) {
        return new AuditEntry(now, caller.inFull(), "signal", "job " + job.id() + " of " + job.submitter(), name);
    }

    static AuditEntry fork(Caller caller, Instant now, Job origin, String fromStep, List<Submission> forks) {
        return new AuditEntry(
                now,
                caller.inFull(),
                "fork",
                "job " + origin.id() + " of " + origin.submitter(),
                "from step '" + fromStep + "' as job " + forks.get(0).id());
    }

    static AuditEntry bulkBegins(StoredBulk bulk) {
        JobChange change = bulk.request().change();
        String what = change == null
                ? ""
                : change.values().entrySet().stream()
                        .map(each -> each.getKey() + " = " + (each.getValue() == null ? "none" : each.getValue()))
                        .collect(Collectors.joining(", ", ": ", ""));
        return new AuditEntry(
                bulk.askedAt(),
                bulk.caller().inFull(),
                "bulk " + bulk.request().action().text(),
                "jobs: " + bulk.request().filter(),
                "bulk " + bulk.number() + " begins" + what);
    }

    static AuditEntry bulk(StoredBulk ended) {
        String detail = "bulk " + ended.number() + ": done to "
                + ended.position().done() + ", refused by " + ended.position().refused()
                + (ended.stoppedBy() == null ? "" : ", stopped by " + ended.stoppedBy())
                + (ended.position().refusal() == null
                        ? ""
                        : "; " + ended.position().refusal());
        return new AuditEntry(
                ended.endedAt() == null ? ended.askedAt() : ended.endedAt(),
                ended.caller().inFull(),
                "bulk " + ended.request().action().text(),
                "jobs: " + ended.request().filter(),
                detail);
    }

    static AuditEntry pause(
            Caller caller, Instant now, PauseTarget target, @Nullable String reason, @Nullable Instant until) {
        String detail = (until == null ? "" : "until " + until) + (reason == null ? "" : " " + reason);
        return new AuditEntry(now, caller.inFull(), "pause", target.toString(), detail.strip());
    }

    static AuditEntry resume(Caller caller, Instant now, PauseTarget target) {
        return new AuditEntry(now, caller.inFull(), "resume", target.toString(), "");
    }

    static AuditEntry drain(Caller caller, Instant now, String host, boolean begins) {
        return new AuditEntry(now, caller.inFull(), "drain", "host " + host, begins ? "begins" : "ends");
    }

    static AuditEntry release(Caller caller, Instant now, String bundle) {
        return new AuditEntry(now, caller.inFull(), "release", "bundle " + bundle, "");
    }
}
