// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.LogLine;
import io.jobyard.api.RunUse;
import io.jobyard.api.StreamPiece;
import java.util.List;

/**
 * Output of a run that was not stored yet. It is stored in one commit with the step or the wait that follows it.
 *
 * @param log lines of the job's log, in order; they are stored even if the run no longer holds its job
 * @param pieces pieces of the job's stream, in order; the store sets their positions
 * @param uses usage, as in {@link io.jobyard.spi.usage.UsageStore#keep}; it is stored even if the run no longer holds its job
 */
public record RunOutput(List<LogLine> log, List<StreamPiece> pieces, List<RunUse> uses) {

    /** Empty output. */
    public static final RunOutput NONE = new RunOutput(List.of(), List.of(), List.of());

    public RunOutput {
        log = List.copyOf(log);
        pieces = List.copyOf(pieces);
        uses = List.copyOf(uses);
    }

    /** Creates an output with only pieces of the stream. */
    public static RunOutput emitted(List<StreamPiece> pieces) {
        return new RunOutput(List.of(), pieces, List.of());
    }

    /** Creates an output with only usage. */
    public static RunOutput used(List<RunUse> uses) {
        return new RunOutput(List.of(), List.of(), uses);
    }
}
