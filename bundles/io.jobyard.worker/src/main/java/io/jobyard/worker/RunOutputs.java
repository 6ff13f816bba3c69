// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.steps.RunOutput;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Stores the output of runs ahead of what follows it.
 *
 * @param logs stores what they write to the logs of their jobs
 * @param uses stores what they use
 * @param streams stores what they emit
 */
record RunOutputs(RunLogs logs, RunUses uses, RunStreams streams) {

    /** Has all output of the run that was not handed in before stored with something else, in one commit; refused once the run is over. */
    CompletableFuture<Boolean> with(Run run, String call, Function<RunOutput, CompletableFuture<Boolean>> write) {
        return streams.with(
                run,
                call,
                pieces -> uses.with(
                        run, used -> logs.with(run, lines -> write.apply(new RunOutput(lines, pieces, used)))));
    }

    /** Completes when the store has all output of the run; refused once the run is over. */
    CompletableFuture<Boolean> settle(Run run, String call) {
        logs.finish(run);
        uses.finish(run);
        return streams.settle(run, call);
    }

    /** Hands in the rest, ahead of the outcome. */
    void finish(Run run) {
        logs.finish(run);
        uses.finish(run);
        streams.finish(run);
    }
}
