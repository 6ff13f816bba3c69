// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.LogLine;
import io.jobyard.api.RunUse;
import io.jobyard.api.StreamPiece;
import java.util.List;

/**
 * The output of a run that was not handed to the store before: stored in one commit with the step or the wait that follows it.
 *
 * @param log lines of the job's log, in order; stored whether the run holds its job or not
 * @param pieces pieces of the job's stream, in order; the store gives their positions
 * @param uses as of {@link io.jobyard.spi.usage.UsageStore#keep}; stored whether the run holds its job or not
 */
public record RunOutput(List<LogLine> log, List<StreamPiece> pieces, List<RunUse> uses) {

    /** No output. */
    public static final RunOutput NONE = new RunOutput(List.of(), List.of(), List.of());

    public RunOutput {
        log = List.copyOf(log);
        pieces = List.copyOf(pieces);
        uses = List.copyOf(uses);
    }

    /**
     * Makes an output of pieces alone.
     *
     * @param pieces pieces of the job's stream
     */
    public static RunOutput emitted(List<StreamPiece> pieces) {
        return new RunOutput(List.of(), pieces, List.of());
    }

    /**
     * Makes an output of uses alone.
     *
     * @param uses sums of what the run has used
     */
    public static RunOutput used(List<RunUse> uses) {
        return new RunOutput(List.of(), List.of(), uses);
    }
}
