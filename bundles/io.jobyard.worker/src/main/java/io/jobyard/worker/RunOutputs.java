// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.steps.RunOutput;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stores the output of runs before later changes.
 *
 * @param logs stores lines of the jobs' logs
 */
record RunOutputs(RunLogs logs, RunUses uses, RunStreams streams) {

    static RunOutputs of(WorkerStores stores, Supplier<WorkerSettings> settings, WorkerTime time) {
        return new RunOutputs(
                new RunLogs(stores.jobs()), new RunUses(stores.usage()), new RunStreams(stores.work(), settings, time));
    }

    /** Stores all remaining output of the run together with another change, in one commit. Throws an exception once the run has ended. */
    CompletableFuture<Boolean> with(Run run, String call, Function<RunOutput, CompletableFuture<Boolean>> write) {
        return streams.with(
                run,
                call,
                pieces -> uses.with(
                        run, used -> logs.with(run, lines -> write.apply(new RunOutput(lines, pieces, used)))));
    }

    /** Completes when all output of the run is stored. Throws an exception once the run has ended. */
    CompletableFuture<Boolean> settle(Run run, String call) {
        logs.finish(run);
        uses.finish(run);
        return streams.settle(run, call);
    }

    /** Stores the remaining output before the outcome. */
    void finish(Run run) {
        logs.finish(run);
        uses.finish(run);
        streams.finish(run);
    }
}
