// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.queue.QueueRules;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks the specifications of a call individually, and their number and size. */
final class SpecificationChecks {

    private final QueueRules queue;
    private final HandlerCatalog handlers;
    private final Access access;
    private final Supplier<SchedulerSettings> settings;
    private final Clock clock;
    private final PayloadWriter payloads = new PayloadWriter("payload", "payload");
    private final LimitValueReader limitValues;
    private final JobEstimates estimates;

    SpecificationChecks(
            QueueRules queue,
            HandlerCatalog handlers,
            Access access,
            Supplier<SchedulerSettings> settings,
            Clock clock) {
        this.queue = queue;
        limitValues = new LimitValueReader(queue);
        this.handlers = handlers;
        estimates = new JobEstimates(handlers);
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Checks the specifications one after the other, so that a list which creates its elements on request never has all of them in memory.
     */
    List<CheckedSpecification> of(Caller caller, List<JobSpecification> specifications) {
        SchedulerSettings current = settings.get();
        SchedulerSettings.SubmissionSizes sizes = current.sizes();
        int jobs = specifications.size();
        if (jobs == 0) {
            throw new ValidationException("nothing to submit: submit at least one specification");
        } else if (jobs > sizes.maxBatchJobs()) {
            throw tooMany(jobs, sizes.maxBatchJobs());
        }
        PriorityCap cap = PriorityCap.of(caller, access, queue.priorityLevels());
        List<CheckedSpecification> asked = new ArrayList<>();
        long bytes = 0;
        for (JobSpecification specification : specifications) {
            if (asked.size() == jobs) {
                throw sizeDiffers(jobs, "more");
            }
            try {
                asked.add(check(caller, specification, cap, current));
                if (jobs > 1 && specification.identity().keyPolicy().replaces()) {
                    throw new ValidationException(
                            "keyPolicy",
                            "keyPolicy " + specification.identity().keyPolicy()
                                    + " requires a call with one job: submit it separately");
                }
            } catch (ValidationException e) {
                throw jobs == 1 ? e : new ValidationException(asked.size(), e);
            }
            bytes += asked.get(asked.size() - 1).payload().bytes();
            if (jobs > 1 && bytes > sizes.maxBatchBytes()) {
                throw new ValidationException("the payloads of the first " + asked.size() + " of " + jobs
                        + " jobs in one call have " + bytes + " bytes, but max.batch.bytes is " + sizes.maxBatchBytes()
                        + ": submit them in several calls, or raise max.batch.bytes in io.jobyard.scheduler");
            }
        }
        if (asked.size() < jobs) {
            throw sizeDiffers(jobs, "fewer");
        }
        return asked;
    }

    private static ValidationException tooMany(int jobs, int most) {
        return new ValidationException("too many jobs in one call: " + jobs + ", but max.batch.jobs is " + most
                + "; submit them in several calls, or raise max.batch.jobs in io.jobyard.scheduler");
    }

    /** Checks the number of specifications. A list whose iterator and size differ could exceed the maximum. */
    private static ValidationException sizeDiffers(int size, String handed) {
        return new ValidationException("invalid list of specifications: its size() is " + size + ", but its iterator"
                + " returns " + handed + ": pass a list that does not change, for example List.copyOf(list)");
    }

    private CheckedSpecification check(
            Caller caller, JobSpecification specification, PriorityCap cap, SchedulerSettings current) {
        int levels = queue.priorityLevels();
        String type = Objects.requireNonNullElse(specification.type(), ""); // rejected below
        TypeRules rules = handlers.typeRules().getOrDefault(type, TypeRules.NONE);
        Optional<Duration> ofHandler =
                specification.runs().timeout() == null && rules.submitted().timeout() == null
                        ? handlers.timeout(
                                type, TermsChecks.range(specification.routing().handlerVersion()))
                        : Optional.empty();
        JobDefaults defaults = JobDefaults.of(rules, ofHandler, current, levels, queue.defaultLevel());
        JobTerms asked = TermsChecks.agree(specification, defaults, levels, clock.instant());
        access.requireType(caller, asked.type(), handlers.isPrivileged(asked.type()));
        if (specification.routing().queue() != null) {
            access.requireQueue(caller, specification.routing().queue());
        }
        PayloadWriter.Text payload =
                payloads.write(specification.payload(), current.sizes().maxPayloadBytes());
        List<FieldProblem> problems =
                handlers.problems(asked.type(), asked.routing().handlerVersion(), payload.json());
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        JobTerms terms = estimates.add(asked, payload.json());
        LimitChecks.fit(terms.demand().estimate(), queue::runningMax);
        LimitChecks.fit(terms, queue);
        LimitChecks.fit(terms.demand().estimate(), access.quotas().of(caller.name()));
        JobTerms lowered = limitValues.read(cap.lowered(terms), payload::json);
        PayloadVersion madeFor =
                PayloadVersion.of(handlers, type, terms.routing().handlerVersion());
        return CheckedSpecification.of(
                specification,
                lowered,
                payload,
                madeFor,
                cap.why(specification.routing().priority(), terms));
    }
}
