// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** All workers that a host may have, with a handler that waits, as for a service on the network. */
final class Waiting {

    private static final int BYTES = 200;
    private static final int MILLIS = 10;
    private static final int WORKERS = 32;
    private static final double IDEAL = WORKERS * 1_000.0 / MILLIS;

    private Waiting() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(20_000);
        List<Double> rates = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        MeasuredHost host = stage.idleHost("host");
        host.configure("io.jobyard.worker", "worker.threads = " + WORKERS);
        stage.start(host);
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            host.measure("submit", count, 1, 1_000, BYTES);
            Measured drained = host.measure("drainWaiting", count, MILLIS);
            if (round > 0) {
                rates.add(drained.rate());
                shares.add(drained.rate() / IDEAL);
            }
        }
        String what = WORKERS + " workers, each job waits " + MILLIS + " ms";
        return List.of(
                Figure.value("W17", what, "jobs/s", rates, IDEAL + " at most"),
                Figure.value("W17", "of the ideal", "", shares, ""));
    }
}
