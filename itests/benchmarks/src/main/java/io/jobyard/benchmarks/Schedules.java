// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Many schedules: what they cost while none is due, and how late their jobs begin. */
final class Schedules {

    private static final int MANY = 10_000;
    private static final long MONTH_SECONDS = 30L * 24 * 60 * 60;
    private static final int INTERVAL_SECONDS = 600;
    private static final int SETTLING_SECONDS = 60;
    private static final int IDLE_SECONDS = 60;
    private static final int CHANGE_SECONDS = 60;

    private Schedules() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(MANY);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> firing = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        MeasuredHost host = stage.host("host");
        host.measure("work", stage.scaled(20_000), 4, 1, 200);
        host.measure("idle", SETTLING_SECONDS);
        for (int round = 1; round <= stage.rounds(); round++) {
            without.add(percent(host.measure("idle", IDLE_SECONDS)));
        }
        host.measure("schedule", count, MONTH_SECONDS, false, 0);
        host.measure("idle", SETTLING_SECONDS);
        for (int round = 1; round <= stage.rounds(); round++) {
            stage.round(round, host);
            with.add(percent(host.measure("idle", IDLE_SECONDS)));
        }
        host.measure("schedule", count, INTERVAL_SECONDS, true, CHANGE_SECONDS);
        host.ask("late", SETTLING_SECONDS);
        for (int round = 1; round <= stage.rounds(); round++) {
            JsonNode seen = host.ask("late", IDLE_SECONDS);
            firing.add(percent(MeasuredHost.measured(seen.get("measured"))));
            p50.add(seen.at("/late/p50").asDouble());
            p99.add(seen.at("/late/p99").asDouble());
            most.add(seen.get("most").asDouble());
        }
        return List.of(
                Figure.value("W18", "idle, no schedules", "% of a core", without, ""),
                Figure.value("W18", "idle, " + count + " schedules", "% of a core", with, "under 1 more"),
                Figure.value("W18", count / INTERVAL_SECONDS + " of them due a second", "% of a core", firing, ""),
                Figure.value("W18", "their time to first line, p50", "ms", p50, ""),
                Figure.value("W18", "their time to first line, p99", "ms", p99, "under 100"),
                Figure.value("W18", "their time to first line, most", "ms", most, ""));
    }

    private static double percent(Measured idle) {
        return idle.cpuSeconds() / idle.seconds() * 100;
    }
}
