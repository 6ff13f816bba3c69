// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 100,000 failed jobs are retried while they are done as they come back, beside urgent ones; then again, with a kill in the middle. */
final class BulkRetry {

    private static final long SECONDS_TO_THE_KILL = 8;

    private BulkRetry() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(100_000);
        List<Figure> figures = new ArrayList<>();
        MeasuredHost host = stage.host("host");
        host.measure("work", stage.scaled(20_000), 4, 1, 200);

        host.measure("fail", count, "plain");
        JsonNode retried = host.ask("retryAll", "plain", count);
        figures.add(value(
                "bulk of " + count + " under load", "s", retried.get("seconds").asDouble(), ""));
        figures.add(value("its jobs: done", "jobs", retried.get("done").asDouble(), "" + count));
        figures.add(value("urgent jobs meanwhile", "jobs", retried.get("urgent").asDouble(), ""));
        figures.add(value("their start, p50", "ms", retried.at("/late/p50").asDouble(), ""));
        figures.add(value("their start, p99", "ms", retried.at("/late/p99").asDouble(), "50"));
        figures.add(value("their start, most", "ms", retried.get("most").asDouble(), ""));

        host.measure("fail", count, "killed");
        int number = host.ask("beginRetry", "killed").asInt();
        TimeUnit.SECONDS.sleep(SECONDS_TO_THE_KILL);
        host.killHard();
        stage.start(host);
        JsonNode ended = host.ask("endRetry", number, "killed", count);
        JsonNode lives = host.ask("retried", "killed");
        figures.add(value(
                "with a kill in its middle: done", "jobs", ended.get("done").asDouble(), "" + count));
        figures.add(value("refused", "jobs", ended.get("refused").asDouble(), "0"));
        figures.add(value(
                "retried once, by their histories", "jobs", lives.get("once").asDouble(), "" + count));
        figures.add(value("retried otherwise", "jobs", lives.get("others").asDouble(), "0"));
        return figures;
    }

    private static Figure value(String what, String unit, double value, String wanted) {
        return Figure.value("W22", what, unit, List.of(value), wanted);
    }
}
