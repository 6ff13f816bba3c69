// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.api.StepKind;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import java.util.List;

/** Creates steps, and stores them for a run. */
interface KeptSteps extends Conformance {

    static StoredStep step(int number, int run, String value) {
        return StoredStep.done(
                number, "step-" + number, run, Draft.T0.plusSeconds(number), Draft.T0.plusSeconds(number + 1), value);
    }

    static StoredStep sleep(int number, int run) {
        return StoredStep.begun(
                number, "sleep " + number, StepKind.SLEEP, run, Draft.T0, Draft.T0.plusSeconds(60), null);
    }

    default boolean keep(Assignment run, StoredStep... steps) {
        return done(work().keep(run, List.of(steps), RunOutput.NONE));
    }
}
