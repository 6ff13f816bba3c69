// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.StepKind;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.Optional;

/** Submits the jobs of a run, with the step or the wait of the run that they belong to. */
final class RunSubmission {

    private final JobSubmission submission;
    private final WorkStore work;
    private final QueueRules queue;

    RunSubmission(JobSubmission submission, WorkStore work, QueueRules queue) {
        this.submission = submission;
        this.work = work;
        this.queue = queue;
    }

    /** Returns the stored step; empty if the run no longer holds its job. */
    Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> specifications) {
        boolean isWait = step.kind() == StepKind.CHILDREN;
        String reason =
                (isWait ? "child of job " : "submitted by job ") + run.stored().id();
        StoredStep[] stored = new StoredStep[1];
        return submission.submit(run, reason, specifications, (ids, admitted) -> {
                    if (isWait) {
                        requireStart(run.stored(), admitted);
                    }
                    stored[0] = isWait ? step.of(ids) : step.ended(step.startedAt(), null, "\"" + ids.get(0) + "\"");
                    return work.admit(run, stored[0], admitted);
                })
                ? Optional.of(stored[0])
                : Optional.empty();
    }

    /** Rejects a child in the strict order of its parent's value: it could start only after the parent, which waits for it. */
    private void requireStart(StoredJob parent, List<AdmittedJob> children) {
        List<String> held = parent.job().terms().demand().limits().stream()
                .filter(limit -> NamedLimit.hasValue(limit)
                        && queue.isStrict(NamedLimit.parse(limit).name()))
                .toList();
        for (AdmittedJob child : children) {
            child.stored().job().terms().demand().limits().stream()
                    .filter(held::contains)
                    .findFirst()
                    .ifPresent(limit -> {
                        throw new ValidationException("invalid child of type "
                                + child.stored().job().terms().type() + ": the limit " + limit
                                + " has order = strict, so the child can start only after its parent has ended, but the"
                                + " parent waits for it: use another value or another limit for the child");
                    });
        }
    }
}
