// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Preview;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ValidationException;
import io.jobyard.scheduler.BatchDecisions.DecidedBatch;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.reads.ReadinessBlockers;
import io.jobyard.spi.store.AdmittedJob;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Preview of a submit, which stores nothing. */
final class SubmissionPreview {

    private final JobReads reads;
    private final QueueManager queue;
    private final Access access;
    private final SpecificationChecks checks;
    private final BatchDecisions decisions;
    private final ChangeDecisions changes;
    private final Clock clock;

    SubmissionPreview(
            JobReads reads,
            QueueManager queue,
            Access access,
            SpecificationChecks checks,
            BatchDecisions decisions,
            ChangeDecisions changes,
            Clock clock) {
        this.reads = reads;
        this.queue = queue;
        this.access = access;
        this.checks = checks;
        this.decisions = decisions;
        this.changes = changes;
        this.clock = clock;
    }

    /** Rejects a caller without the permission to submit. */
    Preview of(Caller caller, JobSpecification specification) {
        access.require(caller, AccessRule.SUBMIT);
        try {
            SubmissionBatch batch = new SubmissionBatch(checks.of(caller, List.of(specification)));
            DecidedBatch decided = decisions.decide(caller, batch);
            if (decided.jobs().isEmpty()) {
                return duplicate(
                        caller, batch.asked().get(0), decided.answers().get(0).id());
            }
            queue.admission().requireRoom(caller.name());
            AdmittedJob admitted = decided.jobs().get(0);
            return preview(admitted.stored(), admitted.dependencies(), null);
        } catch (ValidationException | QuotaException e) {
            return new Preview(List.of(String.valueOf(e.getMessage())), null, null, null, false, List.of());
        }
    }

    private Preview duplicate(Caller caller, CheckedSpecification asked, JobId holder) {
        Optional<StoredJob> stored = reads.job(holder);
        StoredJob after = (asked.keyPolicy().replaces() ? stored : Optional.<StoredJob>empty())
                .flatMap(job -> changes.replace(job, asked, caller))
                .map(Move::after)
                .orElse(null);
        if (after != null) {
            return preview(after, reads.dependencies(holder), holder);
        }
        Job job = stored.map(StoredJob::job).orElse(null);
        String stands =
                job == null ? null : queue.rules().route(job.terms().routing().queue(), job.type());
        return new Preview(List.of(), job, stands, holder, false, List.of());
    }

    private Preview preview(StoredJob job, Collection<JobId> dependencies, @Nullable JobId replaced) {
        JobTerms terms = job.job().terms();
        List<Blocker> blockers = new ArrayList<>(new ReadinessBlockers(reads).of(job, dependencies, clock.instant()));
        blockers.addAll(queue.lanes().foresee(job));
        return new Preview(
                List.of(),
                job.job(),
                queue.rules().route(terms.routing().queue(), terms.type()),
                replaced,
                replaced != null,
                blockers);
    }
}
