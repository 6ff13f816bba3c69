// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.steps.StoredStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Executes the steps that a handler calls, each once for the job. Only for the handler's own thread, except {@link #async}. */
final class RunSteps {

    private static final int MOST_AT_ONCE = 64;

    final AsyncSteps async;
    private final Run run;
    private final StepPositions positions;
    private final StepCalls calls;
    private final StepTries tries;
    private final StepValues values;
    private final StepKeeper keeper;
    private final RunTexts texts;

    RunSteps(
            Run run,
            StepPositions positions,
            StepCalls calls,
            StepValues values,
            StepKeeper keeper,
            RunServices host,
            RunTexts texts) {
        this.run = run;
        this.positions = positions;
        this.calls = calls;
        tries = new StepTries(run, calls, texts, host.time());
        this.values = values;
        this.keeper = keeper;
        this.texts = texts;
        async = new AsyncSteps(run, positions, calls, values, keeper, texts, host.stages());
    }

    @SuppressWarnings("NullAway") // a step may return null; its type then allows it
    <T> T step(Step<T> step) throws Exception {
        StepPositions.StepPosition position = position(step);
        StoredStep stored = position.stored();
        return stored != null ? values.read(stored, step.type()) : positions.inWork(() -> work(position, step));
    }

    /** Returns the values in order; null for a step without a result. */
    <T> List<T> steps(List<Step<T>> steps, int parallelism) throws Exception {
        if (parallelism < 1 || parallelism > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "steps(…, " + parallelism + ") is out of range: use a parallelism of 1 to " + MOST_AT_ONCE);
        }
        List<StepPositions.StepPosition> all =
                steps.stream().map(this::position).toList();
        Object[] given = new Object[all.size()]; // each task writes its own element, and the thread waits for all tasks
        boolean[] done = new boolean[all.size()];
        List<Callable<?>> tasks = new ArrayList<>();
        for (int n = 0; n < given.length; n++) {
            int at = n;
            Step<T> step = steps.get(n);
            StoredStep stored = all.get(n).stored();
            if (stored != null) {
                given[at] = values.read(stored, step.type());
                done[at] = true;
            } else {
                tasks.add(() -> {
                    given[at] = work(all.get(at), step);
                    done[at] = true;
                    return null;
                });
            }
        }
        try {
            StepThreads.callAll(tasks, parallelism, run.begins == RunThread.VIRTUAL);
        } catch (RunSuspended e) { // the limits allow no further step
            List<Step<T>> next = IntStream.range(0, done.length)
                    .filter(at -> !done[at])
                    .limit(parallelism)
                    .<Step<T>>mapToObj(steps::get)
                    .toList();
            calls.awaitLimits(List.copyOf(next));
            throw e;
        }
        @SuppressWarnings("unchecked") // each was read with the class of its step
        List<T> values = (List<T>) Collections.unmodifiableList(Arrays.asList(given));
        return values;
    }

    private StepPositions.StepPosition position(Step<?> step) {
        return positions.step(texts.whole(step.name()));
    }

    @SuppressWarnings("NullAway") // a step may return null; its type then allows it
    private <T> T work(StepPositions.StepPosition position, Step<T> step) throws Exception {
        if (run.ending() != null) {
            throw new InterruptedException("step '" + position.name() + "' was not started, because the run must end");
        }
        Instant startedAt = keeper.now();
        String json = values.write(position.name(), tries.call(step));
        T value = values.read(position.name(), json, step.type());
        keeper.keep(StoredStep.done(position.number(), position.name(), run.number(), startedAt, keeper.now(), json));
        return value;
    }
}
