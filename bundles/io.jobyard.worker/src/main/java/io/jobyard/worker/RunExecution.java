// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.running.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes runs of a pool on the calling thread or on virtual threads, and measures how long they have threads of workers. */
final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);
    private static final String NAME = "jobyard-virtual-";

    private final BiConsumer<Run, Consumer<Outcome>> executor;
    private final Prefetch prefetch;
    private final LongSupplier ticker;
    private final AtomicLong virtualThreads = new AtomicLong();

    RunExecution(BiConsumer<Run, Consumer<Outcome>> executor, Prefetch prefetch, LongSupplier ticker) {
        this.executor = executor;
        this.prefetch = prefetch;
        this.ticker = ticker;
    }

    /** Executes a run. Throws no exception, because the thread must survive. */
    void execute(Run run, Consumer<Outcome> ended) {
        switch (run.begins) {
            case WORKER -> callMeasured(run, ended);
            case STARTER -> call(run, ended);
            case VIRTUAL -> callOnVirtualThread(run, ended);
        }
    }

    private void callOnVirtualThread(Run run, Consumer<Outcome> ended) {
        try {
            Thread thread = VirtualThreads.create(NAME + virtualThreads.incrementAndGet(), () -> call(run, ended));
            run.on(thread);
            thread.start();
        } catch (Throwable e) { // for example, the process has no memory for another thread
            breakOff(run, ended, e);
        }
    }

    private void callMeasured(Run run, Consumer<Outcome> ended) {
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
            breakOff(run, ended, e);
        }
    }

    private static void breakOff(Run run, Consumer<Outcome> ended, Throwable fault) {
        LOG.error("Run of job {} ended with an unexpected error", run.id(), ErrorText.shown(fault));
        ended.accept(new Outcome.Failed("the run broke off: " + fault.getClass().getName(), false, null));
    }
}
