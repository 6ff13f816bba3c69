// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One store of a comparison, with the host that now works on it. */
final class ComparedStore implements Closeable {

    static final String FIRST_START = "first start to first result, s";
    static final String LATER_START = "later start to first result, s";
    static final String BULK = "W1 `submitAll` of 1,000, jobs/s, ";
    static final String DRAIN = "W2 drain of 20,000, jobs/s, ";

    private static final int BYTES = 200;
    private static final int DEEP_ROUNDS = 3;

    private final Database database;
    private final Stage stage;
    private final StoreTable table;
    private @Nullable MeasuredHost host;

    ComparedStore(BenchmarkSettings settings, Database database, StoreTable table) throws IOException {
        this.database = database;
        this.table = table;
        String name = database.name();
        stage = new Stage(settings.on(database), "stores-" + name, step -> System.err.println(name + ": " + step));
    }

    String name() {
        return database.name();
    }

    /** Starts a new instance twice. Its second process is then as cold as a host can be. */
    void start(int round) throws Exception {
        close();
        stage.tell("start " + round);
        MeasuredHost started = stage.idleHost("host" + round);
        host = started;
        add(FIRST_START, Costs.firstResult(started));
        add("resident memory after the first result, MB", started.residentMegabytes());
        started.stop();
        add(LATER_START, Costs.firstResult(started));
        stage.take(started);
    }

    /**
     * Runs W1 to W4 once, the drain early, because the first jobs compile the code of the next.
     *
     * @param state of the host, for the lines of the table
     */
    void work(String state, StoreTable into) throws Exception {
        stage.tell("work, " + state);
        int bulk = stage.scaled(20_000);
        int single = stage.scaled(4_000);
        int some = stage.scaled(10_000);
        Measured submitted = measure("submit", bulk, 1, 1_000, BYTES);
        Measured drained = measure("drain", bulk);
        JsonNode latency = running().ask("latency", stage.scaled(60), 50, BYTES);
        rate(into, "W1 submit, 1 thread, jobs/s, " + state, "submit", single, 1, 1, BYTES);
        rate(into, "W1 submit, 8 threads, jobs/s, " + state, "submit", some, 8, 1, BYTES);
        measure("drain", single + some);
        into.add(BULK + state, name(), submitted.rate());
        into.add(DRAIN + state, name(), drained.rate());
        into.add("W2 processor time of the host, µs/job, " + state, name(), drained.cpuMicros());
        into.add("W2 processor time of the busiest thread, µs/job, " + state, name(), drained.busiestMicros());
        rate(into, "W3 4 submitters one by one, run, jobs/s, " + state, "work", some, 4, 1, BYTES);
        rate(into, "W3 `submitAll` of 50, 8 at once, run, jobs/s, " + state, "work", some, 8, 50, BYTES);
        for (String percentile : List.of("p50", "p99")) {
            String what = "W4 submit to first line, " + percentile + ", ms, " + state;
            into.add(what, name(), latency.get(percentile).asDouble());
        }
    }

    /** Queues a million jobs and drains the first of them. The host ends, so that the next store has the machine alone. */
    void deep() throws Exception {
        int first = stage.scaled(10_000);
        int million = stage.scaled(1_000_000);
        for (int round = 0; round < DEEP_ROUNDS; round++) {
            measure("submit", first, 1, 1_000, BYTES);
            rate(table, "W5 drain of 10,000 of 10,000, jobs/s", "drain", first);
        }
        stage.tell("a million jobs");
        double before = megabytes();
        rate(table, "a million jobs submitted, jobs/s", "submit", million, 2, 1_000, BYTES);
        if (database.isEmbedded()) {
            add("disk of a million queued jobs, MB", megabytes() - before);
        }
        add("resident memory with a million queued jobs, MB", running().residentMegabytes());
        for (int round = 0; round < DEEP_ROUNDS; round++) {
            rate(table, "W5 drain of 10,000 of a million, jobs/s", "drain", first);
        }
        rate(table, "drain of 100,000 of a million, jobs/s", "drain", million / 10);
        close();
    }

    private double megabytes() throws IOException {
        return database.isEmbedded() ? running().diskMegabytes() : 0;
    }

    private void add(String what, double value) {
        table.add(what, name(), value);
    }

    private void rate(StoreTable into, String what, String command, Object... arguments)
            throws IOException, InterruptedException {
        into.add(what, name(), measure(command, arguments).rate());
    }

    private Measured measure(String command, Object... arguments) throws IOException, InterruptedException {
        return running().measure(command, arguments);
    }

    private MeasuredHost running() {
        if (host == null) {
            throw new IllegalStateException("no host was started");
        }
        return host;
    }

    @Override
    public void close() throws IOException {
        host = null;
        stage.close();
    }
}
