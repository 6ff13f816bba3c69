// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.NamedLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides the effect of a user's change on a job that has not started. It only reads the job and the clock. */
final class ChangeDecisions {

    static final String REPLACED = "replaced by a later submit with its key";

    private final Clock clock;
    private final IntSupplier levels;
    private final Access access;
    private final HandlerCatalog handlers;
    private final BiFunction<StoredJob, JobTerms, JobTerms> limitValues;

    /** @param limitValues returns the values of limits with a key, from the job's payload and its terms after the change */
    ChangeDecisions(
            Clock clock,
            IntSupplier levels,
            Access access,
            HandlerCatalog handlers,
            BiFunction<StoredJob, JobTerms, JobTerms> limitValues) {
        this.handlers = handlers;
        this.limitValues = limitValues;
        this.clock = clock;
        this.levels = levels;
        this.access = access;
    }

    /** Returns the move; empty if the job already has the values. */
    Optional<Move> change(StoredJob job, JobChange change, Caller caller) {
        if (!change.fits(job.job())) {
            throw new JobChangedException(job.id());
        }
        JobStatus status = job.job().status();
        if (status != JobStatus.WAITING && status != JobStatus.QUEUED) {
            throw new StateConflictException(
                    "job " + job.id() + " is " + status.text() + ": only a waiting or queued job can be changed");
        }
        JobTerms before = job.job().terms();
        TypeRules rules = handlers.typeRules().getOrDefault(before.type(), TypeRules.NONE);
        JobTerms asked = TermsChecks.changed(
                before, change, levels.getAsInt(), rules.submitted().maxTimeout());
        if (!asked.identity().labels().equals(before.identity().labels())) { // the handler reads the labels
            access.require(caller, AccessRule.ALTER, job.job());
        }
        if (asked.routing().queue() != null
                && !asked.routing().queue().equals(before.routing().queue())) {
            access.requireQueue(caller, asked.routing().queue());
        }
        int allowed =
                Math.min(access.bestPriority(caller), before.routing().priority()); // existing values remain valid
        PriorityCap cap = new PriorityCap(caller, allowed, levels.getAsInt());
        JobTerms after = limitValues.apply(job, cap.lowered(asked));
        if (after.equals(before)) {
            return Optional.empty();
        }
        return Optional.of(begin(job, after, MoveBuilder.now(job, clock))
                .by(caller.inHistory())
                .because(Stream.of(words(before, after), cap.why(asked.routing().priority(), asked))
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining("; ")))
                .move());
    }

    /** Replaces the job with another job of the same ID. Returns empty if the job has started or finished. */
    Optional<Move> replace(StoredJob job, CheckedSpecification asked, Caller caller) {
        JobStatus status = job.job().status();
        boolean started = status != JobStatus.WAITING && status != JobStatus.QUEUED
                || job.job().state().run().number() > 0;
        JobTerms after = asked.terms().inPlaceOf(job.job().terms());
        return started
                ? Optional.empty()
                : Optional.of(begin(job, after, MoveBuilder.now(job, clock))
                        .by(caller.inHistory())
                        .madeFor(asked.madeFor())
                        .because(asked.why().isEmpty() ? REPLACED : REPLACED + "; " + asked.why())
                        .move());
    }

    private static MoveBuilder begin(StoredJob job, JobTerms after, Instant now) {
        boolean queued = job.job().status() == JobStatus.QUEUED;
        boolean waitsForTime = job.job().state().reason() == Reason.TIME;
        Placement placement = Placement.of(after, !queued && !waitsForTime, now);
        LifeCycle move = queued
                ? placement == Placement.EARLY ? LifeCycle.PUT_OFF : LifeCycle.CHANGED_QUEUED
                : placement == Placement.READY ? LifeCycle.BROUGHT_FORWARD : LifeCycle.CHANGED_WAITING;
        MoveBuilder next = new MoveBuilder(job, move, now).terms(after);
        boolean stays = placement == Placement.DEPENDENT || move == LifeCycle.CHANGED_QUEUED;
        if (!stays) {
            return next.placed(placement);
        }
        Instant end = job.job().terms().times().expiry();
        Instant due = job.books().dueAt();
        if (Objects.equals(end, after.times().expiry())) {
            return next.dueAt(due);
        }
        boolean pauseEnds = job.job().state().reason() == Reason.PAUSED && due != null && !due.equals(end);
        return next.dueAt(pauseEnds ? Placement.earlier(due, after.times().expiry()) : placement.dueAt(after));
    }

    /** Returns text about the change, for example {@code changed priority 5 → 2, queue none → bulk}. */
    private static String words(JobTerms before, JobTerms after) {
        List<String> words = new ArrayList<>();
        word(words, "priority", before.routing().priority(), after.routing().priority());
        word(words, "queue", before.routing().queue(), after.routing().queue());
        word(words, "notBefore", before.times().notBefore(), after.times().notBefore());
        word(words, "timeout", before.runs().timeout(), after.runs().timeout());
        if (!before.demand().limits().equals(after.demand().limits())) {
            words.add("limits " + names(before.demand().limits()) + " → "
                    + names(after.demand().limits()));
        }
        TreeSet<String> labels = new TreeSet<>(before.identity().labels().keySet());
        labels.addAll(after.identity().labels().keySet());
        labels.forEach(label -> word(
                words,
                "label " + label,
                before.identity().labels().get(label),
                after.identity().labels().get(label)));
        return "changed " + String.join(", ", words);
    }

    private static void word(List<String> words, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            words.add(what + " " + Objects.toString(before, "none") + " → " + Objects.toString(after, "none"));
        }
    }

    /** Returns names of limits without values, because the values come from payloads, which fewer users may read than the history. */
    private static String names(List<String> limits) {
        return limits.isEmpty()
                ? "none"
                : limits.stream()
                        .map(NamedLimit::parse)
                        .map(limit -> limit.hasValue() ? limit.withValue(HiddenFields.INSTEAD) : limit.name())
                        .collect(Collectors.joining("+"));
    }
}
