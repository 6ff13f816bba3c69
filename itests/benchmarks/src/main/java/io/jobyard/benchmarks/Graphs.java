// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Jobs that wait for each other: worked off, and given up. */
final class Graphs {

    private static final int BYTES = 200;
    /** What the project holds itself to, in jobs a second, and for all of them. */
    private static final Map<String, String> WANTED =
            new TreeMap<>(Map.of("chain", "500, in 20 s", "fan-out", "1,000, in 10 s", "fan-in", "1,000, in 10 s"));

    private Graphs() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(10_000);
        Map<String, List<Turn>> turns = new TreeMap<>();
        List<Double> cancelled = new ArrayList<>();
        Floors floors = stage.floors();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            for (String shape : WANTED.keySet()) {
                Floors.Round floor = floors.round(count, BYTES, Shape.DEPENDENT);
                Measured worked = host.measure("graph", shape, count, BYTES);
                if (round > 0) {
                    turns.computeIfAbsent(shape, any -> new ArrayList<>()).add(floor.besideAll(worked));
                }
            }
            double seconds = host.measure("cancel", "chain", count, BYTES).seconds();
            if (round > 0) {
                cancelled.add(seconds);
            }
        }
        List<Figure> figures = new ArrayList<>();
        turns.forEach((shape, each) ->
                figures.add(Figure.rate("W8", shape + " of " + count, each, WANTED.getOrDefault(shape, ""))));
        figures.add(Figure.value("W8", "chain of " + count + ", its root cancelled", "s", cancelled, "at most 10"));
        return figures;
    }
}
