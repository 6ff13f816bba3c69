// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobQuery;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Prints how fast the store is on this machine; run by hand. */
public final class Measurements {

    private final DerbyStore store;

    private Measurements(DerbyStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        int depth = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("jobyard-measure");
        try (DerbyStore derby = new DerbyStore(folder)) {
            Measurements all = new Measurements(derby);
            all.admit(2_000);
            all.admit(20_000);
            all.moves(20_000);
            all.deep(depth);
        }
        try (DerbyStore derby = new DerbyStore(folder)) {
            new Measurements(derby).reads(derby);
        }
    }

    private static void say(String what, int count, long began) {
        double millis = (System.nanoTime() - began) / 1e6;
        System.out.printf("%-45s %10.1f ms %12.0f/s%n", what, millis, count / millis * 1000);
    }

    private void admit(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        long began = System.nanoTime();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            tasks.add(() -> {
                for (int n = 0; n < count / 8; n++) {
                    store.jobs().admit(List.of(Draft.job().admitted())).join();
                }
                return 0;
            });
        }
        threads.invokeAll(tasks);
        say("admit one by one, 8 threads, " + count, count, began);
        threads.shutdown();
    }

    private static List<AdmittedJob> jobs(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> Draft.job().submitter("mover").admitted())
                .toList();
    }

    private void moves(int count) {
        List<StoredJob> all = new ArrayList<>();
        for (int n = 0; n < count; n += 1000) {
            List<AdmittedJob> jobs = jobs(1000);
            long began = System.nanoTime();
            store.jobs().admit(jobs).join();
            if (n == count - 1000) {
                say("one admission of 1,000", 1000, began);
            }
            jobs.forEach(job -> all.add(job.stored()));
        }
        long began = System.nanoTime();
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        for (StoredJob job : all) {
            Move start = Moves.start(job, store.jobs());
            done.add(store.jobs().move(start, null));
            done.add(store.jobs().move(Moves.complete(start.after(), "{\"ok\":true}"), null));
        }
        done.forEach(CompletableFuture::join);
        say("start and finish, pipelined, jobs", count, began);
        began = System.nanoTime();
        store.reads().jobs(all.stream().limit(1000).map(StoredJob::id).toList());
        say("read 1,000 first time", 1000, began);
        began = System.nanoTime();
        store.reads().jobs(all.stream().limit(1000).map(StoredJob::id).toList());
        say("read 1,000", 1000, began);
    }

    private void deep(int depth) {
        long began = System.nanoTime();
        for (int n = 0; n < depth; n += 1000) {
            store.jobs().admit(jobs(1000)).join();
        }
        say("bulk of " + depth, depth, began);
    }

    private void reads(DerbyStore derby) {
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        long began = System.nanoTime();
        derby.listen(FakeCommitListener.ofOpening(
                snapshot -> opened.complete(snapshot.lanes().size())));
        opened.join();
        say("snapshot at boot", 1, began);
        for (int round = 0; round < 3; round++) {
            began = System.nanoTime();
            store.reads().ready(Draft.job().submitter("mover").lane(), null, 1000);
            say("ready 1,000", 1000, began);
            began = System.nanoTime();
            store.reads().find(JobQuery.all(20), Set.of());
            say("find 20", 20, began);
            began = System.nanoTime();
            store.reads().endingWith("badbad", 2);
            say("find by an ending nobody has", 1, began);
        }
    }
}
