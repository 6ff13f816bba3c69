// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.StepByName;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues finished jobs as new jobs, from a step.
 *
 * @param mostCharacters returns the maximum size of the copied results together
 */
record JobForks(
        JobReads reads,
        WorkStore work,
        JobCopies copies,
        JobSubmission submission,
        Access access,
        IntSupplier mostCharacters) {

    Submission fork(JobId id, String fromStep, Caller caller) {
        while (true) {
            StoredJob origin = reads.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
            JobSpecification copy = specification(origin.job(), caller);
            List<StoredStep> steps = steps(origin.job(), fromStep);
            if (reads.job(id).filter(now -> now.version() == origin.version()).isPresent()) { // no retry came between
                return submit(origin.job(), copy, steps, fromStep, caller);
            }
        }
    }

    /** Returns what a copy of the job needs, if the caller may also see its steps. */
    private JobSpecification specification(Job origin, Caller caller) {
        access.require(caller, AccessRule.VIEW, origin);
        access.require(caller, AccessRule.SUBMIT); // before the caller learns anything about the steps
        JobSpecification copy = copies.of(origin, caller);
        if (copies.hidesSteps(origin, caller)) {
            throw new AccessException(
                    caller + " may not fork job " + origin.id() + " of " + origin.submitter()
                            + ": the configuration of type " + origin.type()
                            + " shows the results of its steps only to its submitter",
                    AccessRule.PAYLOAD.needs(false).text());
        }
        return copy;
    }

    private List<StoredStep> steps(Job origin, String fromStep) {
        JobId id = origin.id();
        if (!origin.status().isFinished()) {
            throw new StateConflictException("job " + id + " is "
                    + origin.status().text() + ": only a finished job can be forked; wait for its end, or cancel it");
        }
        List<StoredStep> all = work.steps(id);
        if (all.stream().allMatch(StoredStep::isDropped)) {
            throw new ValidationException(
                    "job " + id + " has no steps, so it cannot be forked: submit a copy of it with clone");
        }
        int from = StepByName.find(id, all, fromStep).number();
        List<StoredStep> before = all.stream()
                .filter(step -> !step.isDropped() && step.number() < from)
                .toList();
        long characters = before.stream().mapToLong(StoredStep::characters).sum();
        if (characters > mostCharacters.getAsInt()) {
            throw new ValidationException("out of range: the results of the steps before '" + fromStep + "' have "
                    + characters + " characters in total (max.batch.bytes = " + mostCharacters.getAsInt()
                    + "); fork from an earlier step, or raise max.batch.bytes in io.jobyard.scheduler");
        }
        return before.stream().map(step -> step.copied(value(id, step))).toList();
    }

    private @Nullable String value(JobId id, StoredStep step) {
        return step.value() != null || step.characters() == 0
                ? step.value()
                : work.value(id, step.number())
                        .orElseThrow(() -> new StateConflictException("the result of step '" + step.name() + "' of job "
                                + id + " is no longer stored: fork from this step or an earlier one"));
    }

    private Submission submit(
            Job origin, JobSpecification copy, List<StoredStep> steps, String fromStep, Caller caller) {
        String reason = "fork of job " + origin.id() + " from step '" + fromStep + "'";
        return submission
                .submit(
                        caller,
                        reason,
                        List.of(copy),
                        (admitted, answers) -> work.fork(
                                admitted.get(0).after(origin.state().run()),
                                steps,
                                AuditEntries.fork(
                                        caller, admitted.get(0).event().at(), origin, fromStep, answers)))
                .get(0);
    }
}
