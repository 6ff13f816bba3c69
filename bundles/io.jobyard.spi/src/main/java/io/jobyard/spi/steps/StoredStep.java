// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job, or a wait, as the store holds it.
 *
 * @param number its place among the steps of the job, from 1
 * @param run the number of the run that stored it first
 * @param startedAt when its work, or the wait, began
 * @param endedAt when it was over; null for a wait that is not
 * @param dueAt when a wait is over at the latest; null for work, and for children
 * @param awaits the signal that ends the wait; null unless it waits for a signal or a callback
 * @param signal the number of the signal that ended it; 0 if none did
 * @param failed whether {@code value} says how the other side failed
 * @param children the jobs that it waits for, or waited for
 * @param value what it gave, as JSON; null if it gave nothing, or not yet, or the text is large and was not read
 * @param characters how long that text is; 0 if there is none
 * @param droppedAfter the number of the job's latest run when a retry dropped it; 0 for one that counts
 */
public record StoredStep(
        int number,
        String name,
        StepKind kind,
        int run,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable String awaits,
        int signal,
        boolean failed,
        List<JobId> children,
        @Nullable String value,
        int characters,
        int droppedAfter) {

    public StoredStep {
        children = List.copyOf(children);
    }

    /**
     * Work that was done.
     *
     * @param number its place among the steps of the job
     * @param run the run that did it
     * @param startedAt when it began
     * @param endedAt when it was done
     * @param value what it gave, as JSON; null if nothing
     */
    public static StoredStep done(
            int number, String name, int run, Instant startedAt, Instant endedAt, @Nullable String value) {
        return new StoredStep(
                number,
                name,
                StepKind.STEP,
                run,
                startedAt,
                endedAt,
                null,
                null,
                0,
                false,
                List.of(),
                value,
                value == null ? 0 : value.length(),
                0);
    }

    /**
     * A wait that begins.
     *
     * @param number its place among the steps of the job
     * @param kind what it waits for
     * @param run the run that begins it
     * @param startedAt when it begins
     * @param dueAt when it is over at the latest; null for children
     * @param awaits the signal that ends it; null unless it waits for a signal or a callback
     */
    public static StoredStep begun(
            int number,
            String name,
            StepKind kind,
            int run,
            Instant startedAt,
            @Nullable Instant dueAt,
            @Nullable String awaits) {
        return new StoredStep(number, name, kind, run, startedAt, null, dueAt, awaits, 0, false, List.of(), null, 0, 0);
    }

    /**
     * The same wait with the jobs that it waits for.
     *
     * @param jobs their ids
     */
    public StoredStep of(List<JobId> jobs) {
        return new StoredStep(
                number,
                name,
                kind,
                run,
                startedAt,
                endedAt,
                dueAt,
                awaits,
                signal,
                failed,
                jobs,
                value,
                characters,
                droppedAfter);
    }

    /**
     * The same wait when it is over.
     *
     * @param by the signal that ended it; null if none did
     * @param json what it gave; null if nothing
     */
    public StoredStep ended(Instant at, @Nullable StoredSignal by, @Nullable String json) {
        return new StoredStep(
                number,
                name,
                kind,
                run,
                startedAt,
                at,
                dueAt,
                awaits,
                by == null ? 0 : by.number(),
                by != null && by.failed(),
                children,
                json,
                json == null ? 0 : json.length(),
                droppedAfter);
    }

    /** The same wait when it is not over any more, because something that it waited for has begun again. */
    public StoredStep reopened() {
        return new StoredStep(
                number, name, kind, run, startedAt, null, dueAt, awaits, 0, false, children, null, 0, droppedAfter);
    }

    /**
     * The same when a retry drops it.
     *
     * @param latest the number of the job's latest run
     */
    public StoredStep dropped(int latest) {
        return new StoredStep(
                number,
                name,
                kind,
                run,
                startedAt,
                endedAt,
                dueAt,
                awaits,
                signal,
                failed,
                children,
                value,
                characters,
                latest);
    }

    /** The same as it is read when its text is large. */
    public StoredStep withoutValue() {
        return new StoredStep(
                number,
                name,
                kind,
                run,
                startedAt,
                endedAt,
                dueAt,
                awaits,
                signal,
                failed,
                children,
                null,
                characters,
                droppedAfter);
    }

    /**
     * The same as others than the host see it.
     *
     * @return without its value and what ends it
     */
    public JobStep told() {
        return new JobStep(
                number,
                name,
                kind,
                run,
                new JobStep.StepTimes(startedAt, endedAt, dueAt, timedOut()),
                children,
                characters,
                droppedAfter);
    }

    private boolean timedOut() {
        return isFinished() && awaits != null && signal == 0;
    }

    /**
     * Whether it is over.
     *
     * @return false for a wait that is not
     */
    public boolean isFinished() {
        return endedAt != null;
    }

    /**
     * Whether a retry has dropped it.
     *
     * @return false for one that counts
     */
    public boolean isDropped() {
        return droppedAfter > 0;
    }
}
