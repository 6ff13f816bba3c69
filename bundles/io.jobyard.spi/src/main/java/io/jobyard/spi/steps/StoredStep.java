// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stored step or wait of a job.
 *
 * @param number index among the steps of the job, from 1
 * @param run number of the run that stored it first
 * @param startedAt time at which its work, or the wait, began
 * @param end end of the step; null for a current wait
 * @param droppedAfter number of the job's latest run when a retry dropped the step; 0 for a valid step
 */
public record StoredStep(
        int number,
        String name,
        StepKind kind,
        int run,
        Instant startedAt,
        StepWait awaited,
        @Nullable StepEnd end,
        int droppedAfter) {

    /** Condition that a step waits for. */
    public sealed interface StepWait {}

    /** No wait, because the step is work. */
    public record NoWait() implements StepWait {}

    /** Wait for a time. */
    public record TimeWait(Instant dueAt) implements StepWait {}

    /**
     * Wait for a signal or a callback.
     *
     * @param name signal that ends the wait
     * @param dueAt timeout of the wait
     */
    public record SignalWait(String name, @Nullable Instant dueAt) implements StepWait {}

    /** Wait for jobs, whose IDs are known once they are admitted. */
    public record JobsWait(List<JobId> jobs) implements StepWait {

        public JobsWait {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * End of a step.
     *
     * @param signal number of the signal that ended it; 0 for none; negative for a signal of the job that the step was copied from
     * @param failed whether {@code value} describes a failure of the other side
     * @param value result as JSON; null for no result, or if the text is large and was not read
     * @param characters length of the result as JSON; 0 for none
     */
    public record StepEnd(
            Instant at,
            int signal,
            boolean failed,
            @Nullable String value,
            int characters) {

        static StepEnd of(Instant at, int signal, boolean failed, @Nullable String value) {
            return new StepEnd(at, signal, failed, value, value == null ? 0 : value.length());
        }
    }

    /**
     * Creates a step of work from a run.
     *
     * @param value result as JSON
     */
    public static StoredStep done(
            int number, String name, int run, Instant startedAt, Instant endedAt, @Nullable String value) {
        StepEnd end = StepEnd.of(endedAt, 0, false, value);
        return new StoredStep(number, name, StepKind.STEP, run, startedAt, new NoWait(), end, 0);
    }

    /**
     * Creates a wait that begins.
     *
     * @param dueAt timeout of the wait; null for children
     * @param awaits signal that ends the wait; null unless it waits for a signal or a callback
     */
    public static StoredStep begun(
            int number,
            String name,
            StepKind kind,
            int run,
            Instant startedAt,
            @Nullable Instant dueAt,
            @Nullable String awaits) {
        return new StoredStep(number, name, kind, run, startedAt, awaiting(dueAt, awaits, List.of()), null, 0);
    }

    /** Creates the wait of a step from its columns. */
    public static StepWait awaiting(@Nullable Instant dueAt, @Nullable String awaits, List<JobId> jobs) {
        if (awaits != null) {
            return new SignalWait(awaits, dueAt);
        } else if (dueAt != null) {
            return new TimeWait(dueAt);
        }
        return jobs.isEmpty() ? new NoWait() : new JobsWait(jobs);
    }

    /** Returns the wait with the jobs that it waits for. */
    public StoredStep of(List<JobId> jobs) {
        return with(awaiting(dueAt(), awaits(), jobs), end, droppedAfter);
    }

    /** Returns the wait after its end. */
    public StoredStep ended(Instant at, @Nullable StoredSignal by, @Nullable String json) {
        int signal = by == null ? 0 : by.number();
        return with(awaited, StepEnd.of(at, signal, by != null && by.failed(), json), droppedAfter);
    }

    /** Returns the wait as unfinished, because a job that it waited for was retried. */
    public StoredStep reopened() {
        return with(awaited, null, droppedAfter);
    }

    /** Returns the step as dropped by a retry. */
    public StoredStep dropped(int latest) {
        return with(awaited, end, latest);
    }

    /** Returns the step without its large value. */
    public StoredStep withoutValue() {
        return end == null
                ? this
                : with(awaited, new StepEnd(end.at, end.signal, end.failed, null, end.characters), droppedAfter);
    }

    /**
     * Returns the step for a copy of its job, which has no signals.
     *
     * @param json result, even if it is large
     */
    public StoredStep copied(@Nullable String json) {
        return end == null
                ? this
                : with(awaited, StepEnd.of(end.at, -Math.abs(end.signal), end.failed, json), droppedAfter);
    }

    private StoredStep with(StepWait other, @Nullable StepEnd then, int dropped) {
        return new StoredStep(number, name, kind, run, startedAt, other, then, dropped);
    }

    /** Returns the timeout of a wait; null for work, and for children. */
    public @Nullable Instant dueAt() {
        return awaited instanceof TimeWait time
                ? time.dueAt
                : awaited instanceof SignalWait signal ? signal.dueAt : null;
    }

    /** Returns the signal that ends the wait; null unless it waits for a signal or a callback. */
    public @Nullable String awaits() {
        return awaited instanceof SignalWait signal ? signal.name : null;
    }

    /** Returns the jobs that the wait waits for or has waited for. */
    public List<JobId> children() {
        return awaited instanceof JobsWait all ? all.jobs : List.of();
    }

    /** Returns the end; null before. */
    public @Nullable Instant endedAt() {
        return end == null ? null : end.at;
    }

    /** Returns the number of the signal that ended the step; 0 for none; negative for a signal of another job. */
    public int signal() {
        return end == null ? 0 : end.signal;
    }

    /** Returns whether the step ended with the failure of a callback. */
    public boolean failed() {
        return end != null && end.failed;
    }

    /** Returns the result as JSON; null before the end, without a result, or if it is too large for the row. */
    public @Nullable String value() {
        return end == null ? null : end.value;
    }

    /** Returns the length of the result, even if it is not in the row. */
    public int characters() {
        return end == null ? 0 : end.characters;
    }

    /** Returns the public part, without the value and the signal. */
    public JobStep told() {
        boolean timedOut = isFinished() && awaits() != null && signal() == 0;
        return new JobStep(
                number,
                name,
                kind,
                run,
                new JobStep.StepTimes(startedAt, endedAt(), dueAt(), timedOut),
                children(),
                characters(),
                droppedAfter);
    }

    /** Returns whether the step has ended. */
    public boolean isFinished() {
        return end != null;
    }

    /** Returns whether a retry has dropped the step. */
    public boolean isDropped() {
        return droppedAfter > 0;
    }
}
