// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.running.Outcome;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes runs of a pool, and measures how long they have their threads. */
final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final BiConsumer<Run, Consumer<Outcome>> executor;
    private final Prefetch prefetch;
    private final LongSupplier ticker;

    RunExecution(BiConsumer<Run, Consumer<Outcome>> executor, Prefetch prefetch, LongSupplier ticker) {
        this.executor = executor;
        this.prefetch = prefetch;
        this.ticker = ticker;
    }

    /** Executes a run. Throws no exception, because the thread must survive. */
    void execute(Run run, Consumer<Outcome> ended) {
        if (run.slots == SlotKind.ASYNC) {
            call(run, ended);
            return;
        }
        long begun = ticker.getAsLong();
        prefetch.began(begun);
        call(run, outcome -> {
            ended.accept(outcome);
            prefetch.took(ticker.getAsLong() - begun); // including the time for its JSON, its outcome and other threads
        });
    }

    private void call(Run run, Consumer<Outcome> ended) {
        try {
            executor.accept(run, ended);
        } catch (Throwable e) { // the job must get an outcome
            LOG.error("Run of job {} ended with an unexpected error", run.id(), ErrorText.shown(e));
            ended.accept(new Outcome.Failed("the run broke off: " + e.getClass().getName(), false, null));
        }
    }
}
