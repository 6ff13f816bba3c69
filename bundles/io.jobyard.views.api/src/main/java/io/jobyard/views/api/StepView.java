// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job keeps from one run to the next. */
public final class StepView {

    /** A step. */
    public static final View<JobStep> STEP = View.<JobStep>of(
                    "step", "A step of a job, or a wait, as a run stored it. Its value is a [step value](#step-value).")
            .whole("number", "its position in the order of the handler's calls, from 1", JobStep::number)
            .text("name", "its name", JobStep::name)
            .word(
                    "kind",
                    StateWords.of(StepKind.values(), StepKind::text),
                    "`step` for work; `sleep`, `signal`, `children` or `callback` for a wait",
                    step -> step.kind().text())
            .whole("run", "the run that stored it", JobStep::run)
            .instant(
                    "startedAt",
                    "when its work, or the wait, began",
                    one -> one.times().startedAt())
            .instant(
                    "endedAt?",
                    "when it was over; null for a wait that is not",
                    one -> one.times().endedAt())
            .instant(
                    "until?",
                    "when a wait is over at the latest; null for work, and for children",
                    one -> one.times().until())
            .flag(
                    "timedOut",
                    "whether a wait for a signal or an answer ended by its time, without either",
                    one -> one.times().timedOut())
            .seconds("tookSeconds?", "how long it took", StepView::took)
            .whole("characters", "how long its value is as JSON; 0 if it has none", JobStep::characters)
            .texts("children", "the jobs that it waits for, or waited for", JobStep::children)
            .whole(
                    "droppedAfter?",
                    "the latest run when a retry dropped it; null for one that counts",
                    step -> step.droppedAfter() == 0 ? null : step.droppedAfter());

    /** A signal that nothing has taken. */
    public static final View<JobSignal> SIGNAL = View.<JobSignal>of(
                    "signal", "A signal that a job was given and that nothing has taken yet.")
            .text("name", "its name", JobSignal::name)
            .instant("at", "when it was given", JobSignal::at)
            .text("by", "who gave it", JobSignal::by);

    /** What a step gave. */
    public static final View<StepValue> VALUE = View.<StepValue>of("step value", "What a step of a job gave.")
            .text("step", "the step's name", StepValue::step)
            .json("value?", "any JSON; null also if it gave nothing, or if the wait is not over", StepValue::value);

    /** A piece of a stream. */
    public static final View<StreamPiece> PIECE = View.<StreamPiece>of(
                    "stream piece", "A piece of the text that a job's handler emitted.")
            .whole("position", "its position in the job's stream, from 1, over all runs", StreamPiece::position)
            .whole("run", "the run that emitted it", StreamPiece::run)
            .instant("at", "when", StreamPiece::at)
            .text("text", "the text as it was emitted", StreamPiece::text);

    /** The steps and waits of a job. */
    public static final View<List<JobStep>> STEPS = View.<List<JobStep>>of("steps", "The steps and waits of a job.")
            .list(
                    "steps",
                    STEP,
                    "those that count in order, and behind them those that a retry has dropped",
                    all -> all);

    /** A part of a stream. */
    public static final View<Pieces> PIECES = View.<Pieces>of(
                    "stream", "A part of the text that a job's handler emitted.")
            .list("pieces", PIECE, "each piece, in order", Pieces::pieces)
            .flag("more", "whether there may be more", Pieces::more);

    private StepView() {}

    /**
     * A part of a stream.
     *
     * @param pieces in order
     * @param more whether there may be more
     */
    public record Pieces(List<StreamPiece> pieces, boolean more) {}

    /**
     * How long a step took.
     *
     * @return not negative, also if the clock was set back; null for a wait that is not over
     */
    public static @Nullable Duration took(JobStep step) {
        if (step.times().endedAt() == null) {
            return null;
        }
        Duration took = Duration.between(step.times().startedAt(), step.times().endedAt());
        return took.isNegative() ? Duration.ZERO : took;
    }

    /**
     * What a step gave.
     *
     * @param step the step's name
     * @param value any JSON; null if nothing
     */
    public record StepValue(String step, @Nullable Object value) {}
}
