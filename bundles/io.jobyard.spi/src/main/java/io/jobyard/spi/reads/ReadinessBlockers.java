// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.reads;

import io.jobyard.api.Blocker;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.text.ShownTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Conditions that prevent a job without a run from becoming ready: its pause, its dependencies and its {@code notBefore}. The gates of its
 * lane are not included.
 */
public final class ReadinessBlockers {

    private static final int SHOWN = 5;

    private final JobReads reads;

    /** Creates the conditions for the jobs of a store. */
    public ReadinessBlockers(JobReads reads) {
        this.reads = reads;
    }

    /**
     * Returns all conditions that prevent a job from becoming ready, the pause first; empty if none does. Finished dependencies may be
     * passed too.
     */
    public List<Blocker> of(StoredJob job, Collection<JobId> dependencies, Instant now) {
        List<Blocker> all = new ArrayList<>();
        if (job.job().state().reason() == Reason.PAUSED) {
            all.add(pause(job));
        }
        if (job.books().pending() > 0) {
            all.add(new Blocker("dependencies", unfinished(job.books().pending(), dependencies), null));
        }
        Instant notBefore = job.job().terms().times().notBefore();
        if (notBefore != null && notBefore.isAfter(now)) {
            all.add(new Blocker("time", "its notBefore is in the future", notBefore));
        }
        return all;
    }

    /** Returns the blocker of a pause. The change that led to the current state contains the pause. */
    private Blocker pause(StoredJob job) {
        Instant since = job.job().state().changedAt();
        String by = reads.history(job.id()).stream()
                .filter(event -> event.reason() == Reason.PAUSED && event.at().equals(since))
                .findFirst()
                .map(event -> ", by " + event.who() + " since " + ShownTime.of(since) + reason(event))
                .orElse(" since " + ShownTime.of(since));
        Instant due = job.books().dueAt();
        Instant until = due == null || due.equals(job.job().terms().times().expiry()) ? null : due;
        return new Blocker(Blocker.PAUSED, "this job" + by, until);
    }

    /** Returns the reason in the history, without the end of the pause, which is shown separately. */
    private static String reason(HistoryEvent event) {
        String reason = event.why().replaceFirst("^until \\S+Z(: |$)", "");
        return reason.isEmpty() ? "" : ", \"" + reason + "\"";
    }

    /** Returns the blocker of finished dependencies, which are released a moment later. */
    private String unfinished(int pending, Collection<JobId> dependencies) {
        return (pending == 1 ? "1 dependency is" : pending + " dependencies are") + " not finished"
                + some(open(dependencies));
    }

    /** Returns the unfinished ones among these jobs. */
    public List<StoredJob> open(Collection<JobId> ids) {
        return reads.jobs(ids).values().stream()
                .filter(job -> !job.job().status().isFinished())
                .toList();
    }

    /**
     * Returns text about the first of several jobs, each with its status and its earliest start, for the end of a sentence; may be empty.
     */
    public static String some(List<StoredJob> open) {
        String some = open.stream().limit(SHOWN).map(ReadinessBlockers::status).collect(Collectors.joining(", "));
        return (some.isEmpty() ? "" : ": " + some) + (open.size() > SHOWN ? ", …" : "");
    }

    private static String status(StoredJob stored) {
        Job job = stored.job();
        Instant due = stored.books().dueAt();
        String status = job.id() + " is " + job.status().text();
        if (job.status() != JobStatus.WAITING
                || due == null
                || due.equals(job.terms().times().expiry())) {
            return status;
        }
        return status + " until " + ShownTime.of(due);
    }
}
