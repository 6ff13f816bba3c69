// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import io.jobyard.benchmarks.Figure.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What listeners that behave badly cost everybody else: a drain with one, and one without, in turn on the same host. */
final class ListenerCosts {

    private static final int BYTES = 200;
    private static final int WARM_UPS = 4;
    private static final int PAIRS = 5;
    private static final List<String> KINDS = List.of("throws", "blocks", "leaves");

    private ListenerCosts() {}

    static List<Figure> measure(Stage stage) throws Exception {
        Map<String, List<Turn>> turns = new TreeMap<>();
        MeasuredHost host = stage.host("host");
        for (int i = 0; i < WARM_UPS; i++) {
            drain(stage, host, "");
        }
        for (int i = 0; i < PAIRS; i++) {
            for (String kind : KINDS) {
                Turn turn = Turn.inTurn(i, () -> drain(stage, host, kind), () -> drain(stage, host, ""));
                turns.computeIfAbsent(kind, any -> new ArrayList<>()).add(turn);
            }
        }
        return KINDS.stream()
                .map(kind -> Figure.rate("W11", "with a listener that " + kind, turns.get(kind), "0.77"))
                .toList();
    }

    private static Measured drain(Stage stage, MeasuredHost host, String listener) throws Exception {
        int count = stage.scaled(10_000);
        host.measure("submit", count, 1, 1_000, BYTES);
        return listener.isEmpty() ? host.measure("drain", count) : host.measure("drainBeside", listener, count);
    }
}
