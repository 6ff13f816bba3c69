// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Workloads that tell how many jobs a second. Each begins with rounds that are not counted, so that all are
 * compiled code; then floors and host take turns.
 */
final class Rates {

    private static final int BYTES = 200;

    private Rates() {}

    static List<Figure> submit(Stage stage) throws Exception {
        int count = stage.scaled(20_000);
        Map<String, List<Turn>> rounds = new TreeMap<>();
        Floors floors = stage.floors();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            submit(round, rounds, "1 thread", floors, host, count / 4, 1, 1);
            submit(round, rounds, "8 threads", floors, host, count, 8, 1);
            submit(round, rounds, "submitAll of 1,000", floors, host, count, 1, 1_000);
        }
        return List.of(
                Figure.rate("W1", "submit, 1 thread", rounds.get("1 thread"), ""),
                Figure.rate("W1", "submit, 8 threads", rounds.get("8 threads"), "0.35, about 8,000"),
                Figure.rate("W1", "submitAll of 1,000", rounds.get("submitAll of 1,000"), "0.6, aim 0.85"));
    }

    private static void submit(
            int round,
            Map<String, List<Turn>> rounds,
            String what,
            Floors floors,
            MeasuredHost host,
            int count,
            int threads,
            int batch)
            throws Exception {
        Floors.Round floor = floors.round(count, BYTES, Shape.PLAIN);
        Measured submitted = host.measure("submit", count, threads, batch, BYTES);
        host.measure("drain", count);
        if (round > 0) {
            rounds.computeIfAbsent(what, any -> new ArrayList<>()).add(floor.besideInsert(submitted));
        }
    }

    static List<Figure> drain(Stage stage) throws Exception {
        int count = stage.scaled(20_000);
        List<Turn> turns = new ArrayList<>();
        Floors floors = stage.floors();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Floors.Round floor = floors.round(count, BYTES, Shape.PLAIN);
            host.measure("submit", count, 1, 1_000, BYTES);
            Measured drained = host.measure("drain", count);
            if (round > 0) {
                turns.add(floor.besideRuns(drained));
            }
        }
        return List.of(Figure.rate("W2", "drain " + count, turns, "0.6, aim 0.85"));
    }

    static List<Figure> both(Stage stage) throws Exception {
        int count = stage.scaled(20_000);
        List<Turn> blocking = new ArrayList<>();
        List<Turn> pipelined = new ArrayList<>();
        Floors floors = stage.floors();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Floors.Round before = floors.round(count, BYTES, Shape.PLAIN);
            Measured single = host.measure("work", count, 4, 1, BYTES);
            Floors.Round between = floors.round(count, BYTES, Shape.PLAIN);
            Measured many = host.measure("work", count, 8, 50, BYTES);
            if (round > 0) {
                blocking.add(before.besideAll(single));
                pipelined.add(between.besideAll(many));
            }
        }
        return List.of(
                Figure.rate("W3", "4 blocking submitters, worked off", blocking, "2,500"),
                Figure.rate("W3", "submitAll of 50, 8 outstanding", pipelined, "0.6, about 4,500"));
    }

    static List<Figure> depth(Stage stage) throws Exception {
        int count = stage.scaled(10_000);
        int depth = stage.scaled(500_000);
        MeasuredHost shallow = stage.host("shallow");
        MeasuredHost deep = stage.host("deep");
        deep.measure("submit", depth, 2, 1_000, BYTES);
        List<Turn> turns = new ArrayList<>();
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, deep);
            shallow.measure("submit", count, 1, 1_000, BYTES);
            Measured few = shallow.measure("drain", count);
            Measured first = deep.measure("drain", count);
            if (round > 0) {
                turns.add(new Turn(first, few));
            }
        }
        return List.of(Figure.rate("W5", count + " of " + depth + " beside " + count, turns, "0.9"));
    }
}
