// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.steps.StoredStep;
import java.util.List;
import java.util.Objects;

/** Submits jobs in the name of a job's submitter, each once for the job, without waiting for them. For one thread at a time. */
final class RunSubmits {

    private final Run run;
    private final RunServices host;
    private final StepPositions positions;
    private final StepValues values;
    private final StepKeeper keeper;

    RunSubmits(Run run, RunServices host, StepPositions positions, StepValues values, StepKeeper keeper) {
        this.run = run;
        this.host = host;
        this.positions = positions;
        this.values = values;
        this.keeper = keeper;
    }

    JobId submit(JobSpecification specification) {
        StepPositions.StepPosition position = positions.submit();
        StoredStep stored = position.stored();
        StoredStep step = stored == null ? submitted(position, specification) : stored;
        return JobId.of(Objects.requireNonNull(values.read(step, String.class), "its value is the ID"));
    }

    /** Submits the job. Runs without the lock of the run, because it waits for the store, which rejects it after the run's outcome. */
    private StoredStep submitted(StepPositions.StepPosition position, JobSpecification specification) {
        StoredStep step = StoredStep.begun(
                position.number(), position.name(), position.kind(), run.number(), keeper.now(), null, null);
        keeper.settle(step);
        StoredStep done = run.signs()
                .during(() -> host.scheduler().submit(run.assignment, step, List.of(specification)))
                .orElseThrow(() -> run.lost(StepKeeper.name(step)));
        run.suspension.storedStep();
        return done;
    }
}
