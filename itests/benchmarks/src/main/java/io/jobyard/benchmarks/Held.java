// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import io.jobyard.benchmarks.Figure.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Half a million jobs that nothing may start, then a million and one and a half: what they cost the jobs of another
 * queue, beside a host that has none. All are of one submitter and one level.
 */
final class Held {

    private static final int BYTES = 200;
    private static final int WARM_UPS = 8;
    private static final int PAIRS = 5;
    private static final String WANTED = "0.77";

    private final Stage stage;
    private final MeasuredHost plain;
    private final MeasuredHost host;
    private final List<Figure> figures = new ArrayList<>();

    private Held(Stage stage) throws Exception {
        this.stage = stage;
        plain = stage.host("plain");
        host = stage.host("host");
    }

    static List<Figure> measure(Stage stage) throws Exception {
        return new Held(stage).measure();
    }

    private List<Figure> measure() throws Exception {
        int held = stage.scaled(500_000);
        host.configure("io.jobyard.limits-drawn", "rate.requests = 1/d");
        host.shell("job:pause held");
        for (int i = 0; i < WARM_UPS; i++) {
            drain(plain);
            drain(host);
        }
        hold("no handler for " + held, held, "absent default none");
        hold("and " + held + " at a limit", held, "bench default drawn");
        hold("and " + held + " in a paused queue", held, "bench held none");
        double back = host.measure("back", "absent").seconds();
        figures.add(Figure.value("W10", "the handler is back: first start", "s", List.of(back), "at most 3"));
        return figures;
    }

    private void hold(String what, int count, String how) throws Exception {
        host.measure("hold", count, how, BYTES);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            turns.add(Turn.inTurn(i, () -> drain(host), () -> drain(plain)));
        }
        figures.add(Figure.rate("W10", what, turns, WANTED));
    }

    private Measured drain(MeasuredHost from) throws Exception {
        int count = stage.scaled(5_000);
        from.measure("submit", count, 1, 1_000, BYTES);
        return from.measure("drain", count);
    }
}
