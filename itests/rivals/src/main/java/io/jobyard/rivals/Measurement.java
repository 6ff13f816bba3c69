// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.Disk;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures a contender. {@code --quick} uses a tenth of the jobs. */
final class Measurement {

    private static final int BULK = 1_000;
    private static final int FIRST = 10_000;
    private static final long EVERY_MILLIS = 50;
    private static final int WARM_UP_ROUNDS = 2;

    private final Contender contender;
    private final ResultTable table;
    private final int divisor;

    Measurement(Contender contender, ResultTable table, boolean quick) {
        this.contender = contender;
        this.table = table;
        divisor = quick ? 10 : 1;
    }

    private int jobs(int all) {
        return all / divisor;
    }

    /** Measures each work in a new process on an empty database, with nothing compiled. */
    void cold() throws Exception {
        fresh(session -> submit(ResultTable.Mode.COLD, session));
        fresh(session -> submitFromEight(ResultTable.Mode.COLD, session));
        fresh(session -> bulkAndDrain(ResultTable.Mode.COLD, session));
        fresh(session -> work(ResultTable.Mode.COLD, session));
        fresh(session -> latency(ResultTable.Mode.COLD, session));
        start();
    }

    /** Measures all work in one process, after rounds that do not count. */
    void warm() throws Exception {
        fresh(session -> {
            for (int round = 0; round <= WARM_UP_ROUNDS; round++) {
                ResultTable.Mode mode = round < WARM_UP_ROUNDS ? ResultTable.Mode.WARM_UP : ResultTable.Mode.WARM;
                int stored = submit(mode, session);
                stored += submitFromEight(mode, session);
                session.drain(stored);
                bulkAndDrain(mode, session);
                work(mode, session);
                latency(mode, session);
            }
        });
    }

    /** Measures the first jobs of queues of three depths. */
    void depth() throws Exception {
        for (Map.Entry<Value, Integer> depth : Map.of(
                        Value.DEPTH_10_000, FIRST, Value.DEPTH_100_000, 10 * FIRST, Value.DEPTH_1_000_000, 100 * FIRST)
                .entrySet()) {
            fresh(session -> {
                int asked = jobs(depth.getValue());
                if (session.submit(asked, 1, BULK).jobs() == asked) {
                    Disk.settle();
                    Done first = session.drain(jobs(FIRST));
                    table.add(ResultTable.Mode.COLD, contender.title(), depth.getKey(), first.rate());
                }
            });
        }
    }

    /** Work in a session. */
    private interface Part {
        void in(Session session) throws Exception;
    }

    private void fresh(Part part) throws Exception {
        Disk.settle();
        try (Session session = contender.open()) {
            part.in(session);
        }
    }

    private int submit(ResultTable.Mode mode, Session session) throws Exception {
        return rate(mode, session, Value.SUBMIT, () -> session.submit(jobs(5_000), 1, 1));
    }

    private int submitFromEight(ResultTable.Mode mode, Session session) throws Exception {
        return rate(mode, session, Value.SUBMIT_8, () -> session.submit(jobs(20_000), 8, 1));
    }

    private void bulkAndDrain(ResultTable.Mode mode, Session session) throws Exception {
        int stored = rate(mode, session, Value.BULK, () -> session.submit(jobs(20_000), 1, BULK));
        rate(mode, session, Value.DRAIN, () -> session.drain(stored));
    }

    private void work(ResultTable.Mode mode, Session session) throws Exception {
        rate(mode, session, Value.WORK, () -> session.work(jobs(20_000), 4));
    }

    private int rate(ResultTable.Mode mode, Session session, Value value, Callable<Done> work) throws Exception {
        Usage before = session.usage();
        Done done = work.call();
        table.add(mode, contender.title(), value, done.rate());
        table.add(mode, contender.title(), value, Cost.of(done, session.usage().since(before)));
        return (int) done.jobs();
    }

    private void latency(ResultTable.Mode mode, Session session) throws Exception {
        Done done = session.latency(jobs(200), EVERY_MILLIS);
        table.add(mode, contender.title(), Value.LATENCY_P50, done.p50());
        table.add(mode, contender.title(), Value.LATENCY_P99, done.p99());
    }

    private void start() throws Exception {
        Disk.settle();
        long begun = System.nanoTime();
        try (Session session = contender.open()) {
            session.work(1, 1);
            table.add(ResultTable.Mode.COLD, contender.title(), Value.START, (System.nanoTime() - begun) / 1e9);
        }
    }
}
