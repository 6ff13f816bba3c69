// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.benchmarks.MeasuredHost;
import java.nio.file.Path;
import java.util.Map;

/** The built host with its embedded database. */
final class HostContender implements Contender {

    private final Path program;
    private final Path loadBundle;
    private final Path directory;
    private int started;

    HostContender(Path program, Path loadBundle, Path directory) {
        this.program = program;
        this.loadBundle = loadBundle;
        this.directory = directory;
    }

    @Override
    public String title() {
        return "Jobyard, Derby";
    }

    @Override
    public Map<Value, Double> measure(Task task, int jobs) throws Exception {
        try (MeasuredHost host = MeasuredHost.at(program, directory.resolve("host" + ++started))) {
            host.startWith(loadBundle);
            return switch (task) {
                case SUBMIT -> Map.of(Value.SUBMIT, rate(host, "submit", jobs, 1, 1, Task.BYTES));
                case DRAIN ->
                    Map.of(
                            Value.BULK, rate(host, "submit", jobs, 1, Task.BULK, Task.BYTES),
                            Value.DRAIN, rate(host, "drain", jobs));
                case WORK -> Map.of(Value.WORK, rate(host, "work", jobs, Task.SUBMITTERS, 1, Task.BYTES));
                case LATENCY -> {
                    JsonNode seen = host.ask("latency", jobs, Task.EVERY_MILLIS, Task.BYTES);
                    yield Map.of(
                            Value.LATENCY_P50, seen.get("p50").asDouble(),
                            Value.LATENCY_P99, seen.get("p99").asDouble());
                }
            };
        }
    }

    private static double rate(MeasuredHost host, String command, Object... arguments) throws Exception {
        return host.measure(command, arguments).rate();
    }
}
