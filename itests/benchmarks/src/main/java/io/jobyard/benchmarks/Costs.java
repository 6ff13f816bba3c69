// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.benchmarks.Figure.Turn;
import io.jobyard.benchmarks.floor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workloads that tell what a moment costs: in time, or in memory. */
final class Costs {

    private static final int BYTES = 200;

    private Costs() {}

    static List<Figure> latency(Stage stage) throws Exception {
        int times = stage.scaled(200);
        Map<String, List<Double>> percentiles = new TreeMap<>();
        MeasuredHost host = stage.host("host");
        host.measure("work", stage.scaled(20_000), 4, 1, BYTES);
        for (int round = 1; round <= stage.rounds(); round++) {
            stage.round(round, host);
            JsonNode seen = host.ask("latency", times, 50, BYTES);
            seen.properties()
                    .forEach(one -> percentiles
                            .computeIfAbsent(one.getKey(), any -> new ArrayList<>())
                            .add(one.getValue().asDouble()));
        }
        return List.of(
                Figure.value("W4", "submit to first line, p50", "ms", percentiles.get("p50"), "under 1"),
                Figure.value("W4", "submit to first line, p95", "ms", percentiles.get("p95"), ""),
                Figure.value("W4", "submit to first line, p99", "ms", percentiles.get("p99"), "under 15"));
    }

    static List<Figure> urgent(Stage stage) throws Exception {
        int times = stage.scaled(100);
        int backlog = stage.scaled(60_000);
        Map<String, List<Double>> figures = new TreeMap<>();
        MeasuredHost host = stage.host("host");
        host.measure("work", stage.scaled(20_000), 4, 1, BYTES);
        for (int round = 1; round <= stage.rounds(); round++) {
            stage.round(round, host);
            host.ask("urgent", times, 20, backlog, BYTES)
                    .properties()
                    .forEach(one -> figures.computeIfAbsent(one.getKey(), any -> new ArrayList<>())
                            .add(one.getValue().asDouble()));
        }
        return List.of(
                Figure.value("W12", "submit to first line, p50", "ms", figures.get("p50"), ""),
                Figure.value("W12", "submit to first line, p99", "ms", figures.get("p99"), ""),
                Figure.value("W12", "submit to first line, most", "ms", figures.get("most"), ""),
                Figure.value("W12", "starts of others meanwhile, most", "jobs", figures.get("others"), ""));
    }

    static List<Figure> start(Stage stage) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int round = 1; round <= stage.rounds(); round++) {
            try (MeasuredHost host = stage.idleHost("host" + round)) {
                first.add(firstResult(host));
                resident.add(host.residentMegabytes());
                host.stop();
                again.add(firstResult(host));
            }
        }
        return List.of(
                Figure.value("W6", "first start to first result", "s", first, "at most 6"),
                Figure.value("W6", "resident memory after it", "MB", resident, "at most 300"),
                Figure.value("W6", "a later start to first result", "s", again, ""));
    }

    /** Starts a host and runs one job, in seconds. */
    static double firstResult(MeasuredHost host) throws Exception {
        return Measured.of(1, () -> {
                    host.start();
                    host.shell("job:submit echo {\"text\":\"hello\"} --await");
                })
                .seconds();
    }

    static List<Figure> large(Stage stage) throws Exception {
        int some = stage.scaled(1_000);
        int few = 50;
        List<Turn> kilobytes = new ArrayList<>();
        List<Turn> megabytes = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        Floors floors = stage.floors();
        MeasuredHost host = stage.host("host");
        for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
            stage.round(round, host);
            Measured worked = host.measure("work", some, 8, 1, 64 << 10);
            Turn kilobyte = floors.round(some, 64 << 10, Shape.PLAIN).besideAll(worked);
            JsonNode seen = host.ask("large", few, 1 << 20);
            Floors.Round floor = floors.round(few, 1 << 20, Shape.PLAIN);
            if (round > 0) {
                kilobytes.add(kilobyte);
                megabytes.add(floor.besideAll(MeasuredHost.measured(seen.get("measured"))));
                heap.add(seen.at("/heap/peak").asDouble()
                        - seen.at("/heap/before").asDouble());
            }
        }
        return List.of(
                Figure.rate("W7", "64 KB, submitted and worked off", kilobytes, ""),
                Figure.rate("W7", few + " of 1 MB at once", megabytes, ""),
                Figure.value("W7", "more heap meanwhile, with garbage", "MB", heap, "at most 200"));
    }
}
