// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Does the same work on each store in one run. In each round, the stores take turns, and another one begins. */
final class StoreComparison {

    private static final int ROUNDS = 3;
    private static final double GOAL_RATIO = 1.5;
    private static final double GOAL_SECONDS = 0.5;

    private interface Task {
        void run(ComparedStore store) throws Exception;
    }

    private final List<ComparedStore> stores = new ArrayList<>();
    private final StoreTable table;
    private final int rounds;
    private int turn;

    private StoreComparison(BenchmarkSettings settings, List<Database> databases, StoreTable table) throws IOException {
        for (Database database : databases) {
            stores.add(new ComparedStore(settings, database, table));
        }
        this.table = table;
        rounds = settings.quick() ? 1 : ROUNDS;
    }

    /** Measures Derby, SQLite and the PostgreSQL of the settings, if they name one. */
    static StoreTable measure(BenchmarkSettings settings) throws Exception {
        List<Database> databases = new ArrayList<>(List.of(new Database(null), new Database(Database.SQLITE)));
        if (!settings.database().isEmbedded()) {
            databases.add(settings.database());
        }
        StoreTable table = new StoreTable(databases.stream().map(Database::name).toList());
        StoreComparison comparison = new StoreComparison(settings, databases, table);
        load("before");
        try {
            comparison.run();
        } finally {
            for (ComparedStore store : comparison.stores) {
                store.close();
            }
        }
        load("after");
        goals(table, databases.get(1).name());
        return table;
    }

    private void run() throws Exception {
        for (int round = 1; round <= rounds; round++) {
            int number = round;
            each(store -> {
                store.start(number);
                store.work("cold", table);
            });
        }
        each(store -> store.work("warm-up", new StoreTable(List.of()))); // does not count
        for (int round = 1; round <= rounds; round++) {
            each(store -> store.work("warm", table));
        }
        each(ComparedStore::deep);
    }

    private void each(Task task) throws Exception {
        List<ComparedStore> order = new ArrayList<>(stores);
        Collections.rotate(order, turn++);
        for (ComparedStore store : order) {
            Disk.settle();
            task.run(store);
        }
    }

    private static void goals(StoreTable table, String store) {
        for (String what : List.of(ComparedStore.BULK + "warm", ComparedStore.DRAIN + "warm")) {
            Series ratio = table.compared(what, store, (other, base) -> other / base);
            verdict(what, ratio, GOAL_RATIO);
        }
        for (String what : List.of(ComparedStore.FIRST_START, ComparedStore.LATER_START)) {
            Series less = table.compared(what, store, (other, base) -> base - other);
            verdict(what + " less", less, GOAL_SECONDS);
        }
    }

    private static void verdict(String what, Series series, double goal) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f (%.2f–%.2f), goal %.1f: %s%n",
                what,
                series.median(),
                series.low(),
                series.high(),
                goal,
                series.median() >= goal ? "reached" : "not reached");
    }

    private static void load(String when) {
        System.out.printf(
                Locale.ROOT,
                "load average %s the run: %.2f%n",
                when,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
