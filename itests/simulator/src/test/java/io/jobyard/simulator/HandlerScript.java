// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import io.jobyard.api.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the handler of a job calls, in order; the same in each run. */
final class HandlerScript {

    /** A job with it is a child, and has none. */
    static final String CHILD = "child";

    private HandlerScript() {}

    static List<StepKind> of(Job job) {
        SplittableRandom random = new SplittableRandom(job.id().value().getLeastSignificantBits());
        List<StepKind> calls = new ArrayList<>();
        int deep = job.terms().identity().labels().getOrDefault(CHILD, "").length();
        for (int n = random.nextInt(5); n > 0; n--) {
            int dice = random.nextInt(10);
            calls.add(
                    dice < 4
                            ? StepKind.STEP
                            : dice < 6 ? StepKind.SIGNAL : dice < 7 || deep > 1 ? StepKind.SLEEP : StepKind.CHILDREN);
        }
        return calls;
    }
}
