// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The first jobs of a host after its start: nothing warms up, each round has a host of its own. */
final class Cold {

    private static final int BYTES = 200;
    private static final int SLICES = 20;
    private static final int BATCH = 100;

    private Cold() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int slice = stage.scaled(1_000);
        List<List<Measured>> submitted = new ArrayList<>();
        List<List<Measured>> drained = new ArrayList<>();
        for (int round = 1; round <= stage.rounds(); round++) {
            try (MeasuredHost host = stage.host("host" + round)) {
                stage.round(round, host);
                submitted.add(host.measureSlices("submitSlices", SLICES, slice, BATCH, BYTES));
                drained.add(host.measureSlices("drainSlices", SLICES, slice));
            }
        }
        String first = "first " + SLICES * slice + " ";
        return List.of(
                Figure.slices("W13", first + "by submitAll of " + BATCH, submitted),
                Figure.slices("W13", first + "drained", drained));
    }
}
