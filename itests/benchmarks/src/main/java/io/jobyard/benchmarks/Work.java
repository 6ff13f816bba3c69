// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Handlers with steps, streams and waits. */
final class Work {

    private static final int BYTES = 200;
    private static final int WORKERS = 32;
    private static final int STEPS = 20;
    /** A commit has the steps of many runs, so what is done once a commit runs seldom and is compiled late. */
    private static final int LONGER_WARM_UP = 10;

    private static final int PIECES = 10_000;
    private static final int PIECE_BYTES = 50;
    private static final int WAKES = 200;
    private static final int EVERY_MILLIS = 20;
    private static final int SETTLING_SECONDS = 60;
    private static final int IDLE_SECONDS = 60;

    private Work() {}

    static List<Figure> steps(Stage stage) throws Exception {
        Floors floors = stage.floors();
        int count = stage.scaled(3_200);
        List<Turn> turns = new ArrayList<>();
        MeasuredHost host = stage.idleHost("host");
        host.configure("io.jobyard.worker", "worker.threads = " + WORKERS);
        stage.start(host);
        int first = stage.firstRound() - stage.scaled(LONGER_WARM_UP);
        for (int round = first; round <= stage.rounds(); round++) {
            stage.round(round, host);
            Floors.Round floor = floors.round(count, BYTES, Shape.STEPPED);
            host.measure("submit", count, 1, 1_000, BYTES);
            Measured drained = host.measure("drainStepped", count, STEPS);
            if (round > 0) {
                turns.add(floor.besideRuns(drained));
            }
        }
        return List.of(Figure.rate(
                "W14", "drain " + count + " with " + STEPS + " steps each, " + WORKERS + " workers", turns, "0.6"));
    }

    static List<Figure> streams(Stage stage) throws Exception {
        int pieces = stage.scaled(PIECES);
        int waits = stage.scaled(PIECES);
        List<Double> emitted = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        List<Double> waiting = new ArrayList<>();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Measured all = host.measure("emit", pieces, PIECE_BYTES);
            JsonNode woken = host.ask("wakeUp", stage.scaled(WAKES), EVERY_MILLIS);
            if (round > 0) {
                emitted.add(all.rate());
                p50.add(woken.get("p50").asDouble());
                p99.add(woken.get("p99").asDouble());
            }
        }
        host.measure("idle", SETTLING_SECONDS);
        idle.add(percent(host.measure("idle", IDLE_SECONDS)));
        host.measure("rest", waits);
        host.measure("idle", SETTLING_SECONDS);
        waiting.add(percent(host.measure("idle", IDLE_SECONDS)));
        return List.of(
                Figure.value(
                        "W15",
                        "emit " + pieces + " of " + PIECE_BYTES + " bytes, read twice",
                        "texts/s",
                        emitted,
                        "5,000"),
                Figure.value("W15", "signal to the line behind the wait, p50", "ms", p50, ""),
                Figure.value("W15", "signal to the line behind the wait, p99", "ms", p99, "50"),
                Figure.value("W15", "idle, no waiting job", "% of a core", idle, ""),
                Figure.value("W15", "idle, " + waits + " wait for a signal", "% of a core", waiting, "1 at most"));
    }

    private static double percent(Measured idle) {
        return idle.cpuSeconds() / idle.seconds() * 100;
    }
}
