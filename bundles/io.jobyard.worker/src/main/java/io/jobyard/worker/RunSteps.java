// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.steps.StoredStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Executes the steps that a handler calls, each once for the job. Only for the handler's own thread, except {@link #async}. */
final class RunSteps {

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
        StepBatch.requireParallelism("steps", parallelism);
        StepBatch<T> batch = new StepBatch<>(
                steps.stream()
                        .map(step -> new StepBatch.BatchedStep(position(step), step.type(), step.estimate()))
                        .toList(),
                parallelism,
                values);
        List<Callable<?>> tasks = new ArrayList<>();
        for (int at : batch.open()) {
            tasks.add(() -> {
                batch.done(at, work(batch.position(at), steps.get(at)));
                return null;
            });
        }
        try {
            StepThreads.callAll(tasks, parallelism, run.begins == RunThread.VIRTUAL);
        } catch (RunSuspended e) { // the limits allow no further step
            calls.awaitLimits(batch.next());
            throw e;
        }
        return batch.values();
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
