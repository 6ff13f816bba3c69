// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views of the data that a job keeps from one run to the next. */
public final class StepView {

    /** A step. */
    public static final View<JobStep> STEP = View.<JobStep>of(
                    "step", "A step or a wait of a job, stored by a run. Its value is a [step value](step-value.md).")
            .whole("number", "position in the order of the handler's calls, from 1", JobStep::number)
            .text("name", "step name", JobStep::name)
            .word(
                    "kind",
                    StateWords.of(StepKind.values(), StepKind::text),
                    "`step` for work; `sleep`, `signal`, `children` or `callback` for a wait",
                    step -> step.kind().text())
            .whole("run", "run that stored the step", JobStep::run)
            .instant(
                    "startedAt",
                    "start of the work or the wait",
                    one -> one.times().startedAt())
            .instant(
                    "endedAt?",
                    "end; null for a wait that is not over",
                    one -> one.times().endedAt())
            .instant(
                    "until?",
                    "latest end of a wait; null for work and for children",
                    one -> one.times().until())
            .flag(
                    "timedOut",
                    "whether a wait for a signal or callback timed out",
                    one -> one.times().timedOut())
            .seconds("tookSeconds?", "duration", StepView::took)
            .whole("characters", "length of its value as JSON; 0 without a value", JobStep::characters)
            .texts("children", "jobs that the wait is for", JobStep::children)
            .whole(
                    "droppedAfter?",
                    "latest run at the time a retry dropped the step; null for a current step",
                    step -> step.droppedAfter() == 0 ? null : step.droppedAfter());

    /** A signal that no step has received. */
    public static final View<JobSignal> SIGNAL = View.<JobSignal>of(
                    "signal", "A signal that the handler has not received yet.")
            .text("name", "signal name", JobSignal::name)
            .instant("at", "time of the signal", JobSignal::at)
            .text("by", "sender", JobSignal::by);

    /** The value of a step. */
    public static final View<StepValue> VALUE = View.<StepValue>of("step value", "The value of a step.")
            .text("step", "step name", StepValue::step)
            .json("value?", "any JSON; null without a value, or before the wait ends", StepValue::value);

    /** A piece of a stream. */
    public static final View<StreamPiece> PIECE = View.<StreamPiece>of(
                    "stream piece", "A piece of the text that a job's handler emitted.")
            .whole("position", "position in the job's stream, from 1, across runs", StreamPiece::position)
            .whole("run", "run that emitted the piece", StreamPiece::run)
            .instant("at", "when", StreamPiece::at)
            .text("text", "the text, unchanged", StreamPiece::text);

    /** The steps and waits of a job. */
    public static final View<List<JobStep>> STEPS = View.<List<JobStep>>of("steps", "The steps and waits of a job.")
            .list("steps", STEP, "current steps in order, followed by those dropped by a retry", all -> all);

    /** A part of a stream. */
    public static final View<Pieces> PIECES = View.<Pieces>of(
                    "stream", "A part of the text that a job's handler emitted.")
            .list("pieces", PIECE, "the pieces, in order", Pieces::pieces)
            .flag("more", "whether there may be more", Pieces::more);

    private StepView() {}

    /**
     * A part of a stream.
     *
     * @param pieces the pieces, in order
     * @param more whether there may be more
     */
    public record Pieces(List<StreamPiece> pieces, boolean more) {}

    /** Returns the duration of a step; not negative, even if the clock was set back; null for an unfinished wait. */
    public static @Nullable Duration took(JobStep step) {
        if (step.times().endedAt() == null) {
            return null;
        }
        Duration took = Duration.between(step.times().startedAt(), step.times().endedAt());
        return took.isNegative() ? Duration.ZERO : took;
    }

    /**
     * The value of a step.
     *
     * @param value any JSON; null if the step has no value
     */
    public record StepValue(String step, @Nullable Object value) {}
}
