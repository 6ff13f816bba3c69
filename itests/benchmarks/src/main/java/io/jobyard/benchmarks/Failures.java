// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Jobs whose first attempt fails, and jobs that run into their timeout. */
final class Failures {

    private static final int BYTES = 200;
    private static final int DELAY_MILLIS = 100;
    private static final int WORKERS = 32;

    private Failures() {}

    static List<Figure> measure(Stage stage) throws Exception {
        Floors floors = stage.floors();
        List<Figure> figures = new ArrayList<>();
        figures.add(retried(stage, floors));
        figures.addAll(timedOut(stage, floors));
        return figures;
    }

    private static Figure retried(Stage stage, Floors floors) throws Exception {
        int count = stage.scaled(20_000);
        List<Turn> turns = new ArrayList<>();
        MeasuredHost host = stage.host("retried");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Floors.Round floor = floors.round(count, BYTES, Shape.RETRIED);
            host.measure("submit", count, 1, 1_000, BYTES);
            Measured drained = host.measure("drainRetried", count, DELAY_MILLIS);
            if (round > 0) {
                turns.add(floor.besideRuns(drained));
            }
        }
        return Figure.rate("W16", "drain " + count + ", each retried once", turns, "");
    }

    /** The timeout bounds the rate: what counts is the processor time, and how late the interrupt comes. */
    private static List<Figure> timedOut(Stage stage, Floors floors) throws Exception {
        int count = stage.scaled(10 * WORKERS);
        List<Turn> turns = new ArrayList<>();
        List<Double> late50 = new ArrayList<>();
        List<Double> late99 = new ArrayList<>();
        MeasuredHost host = stage.idleHost("timed-out");
        host.configure("io.jobyard.worker", "worker.threads = " + WORKERS);
        stage.start(host);
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Floors.Round floor = floors.round(count, BYTES, Shape.TIMED_OUT);
            JsonNode seen = host.ask("timeOut", count, BYTES);
            if (round > 0) {
                turns.add(floor.besideRuns(MeasuredHost.measured(seen.get("measured"))));
                late50.add(seen.at("/late/p50").asDouble());
                late99.add(seen.at("/late/p99").asDouble());
            }
        }
        return List.of(
                Figure.rate("W16", count + " reach a timeout of 1 s", turns, WORKERS + " at most"),
                Figure.value("W16", "interrupt after the timeout, p50", "ms", late50, ""),
                Figure.value("W16", "interrupt after the timeout, p99", "ms", late99, ""));
    }
}
