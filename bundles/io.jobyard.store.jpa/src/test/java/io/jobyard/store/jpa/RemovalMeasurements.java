// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Prints what reading histories takes, and what a purge does to those who work meanwhile; run by hand. Arguments: jobs, rows of history each, removed. */
public final class RemovalMeasurements {

    private static final int SLICE = 25;
    private static final int PAUSES = 1;

    private final DerbyStore store;

    private RemovalMeasurements(DerbyStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int removed = arguments.length > 2 ? Integer.parseInt(arguments[2]) : jobs / 10;
        Path folder = Files.createTempDirectory("jobyard-measure");
        try (DerbyStore derby = new DerbyStore(folder)) {
            RemovalMeasurements all = new RemovalMeasurements(derby);
            List<StoredJob> old = all.fill(jobs, rows, removed);
            all.read(old);
            all.work(2_000, new AtomicBoolean(true), "warm-up");
            all.work(2_000, new AtomicBoolean(true), "alone");
            AtomicBoolean going = new AtomicBoolean(true);
            CompletableFuture<Void> worker =
                    CompletableFuture.runAsync(() -> all.work(Integer.MAX_VALUE, going, "while jobs are removed"));
            all.remove(old);
            going.set(false);
            worker.join();
            all.work(2_000, new AtomicBoolean(true), "alone again");
        }
    }

    /** Ended jobs; those to be removed. */
    private List<StoredJob> fill(int count, int rows, int removed) {
        long began = System.nanoTime();
        List<StoredJob> old = new ArrayList<>();
        for (int n = 0; n < count; n += 500) {
            List<AdmittedJob> jobs = IntStream.range(0, 500)
                    .mapToObj(i -> Draft.job().submitter("old").admitted())
                    .toList();
            store.jobs().admit(jobs).join();
            List<CompletableFuture<Boolean>> done = new ArrayList<>();
            for (AdmittedJob job : jobs) {
                StoredJob last = job.stored();
                for (int row = 2; row < rows; row++) {
                    Move move = row % 2 == 0 ? Moves.start(last, store.jobs()) : Moves.queue(last);
                    done.add(store.jobs().move(move, null));
                    last = move.after();
                }
                Move end = Moves.complete(last, "{\"ok\":true}");
                done.add(store.jobs().move(end, null));
                if (old.size() < removed) {
                    old.add(end.after());
                }
            }
            done.forEach(CompletableFuture::join);
        }
        System.out.printf("%d jobs with %d rows of history: %.1f s%n", count, count * rows, seconds(began));
        return old;
    }

    /** The histories of a thousand jobs: one by one, as whoever asks for a job's does, and together, as an export does. */
    private void read(List<StoredJob> jobs) {
        List<JobId> ids = jobs.stream().limit(1_000).map(StoredJob::id).toList();
        for (int round = 1; round <= 5; round++) {
            long began = System.nanoTime();
            int rows = 0;
            for (JobId id : ids) {
                rows += store.reads().history(id).size();
            }
            double single = seconds(began);
            began = System.nanoTime();
            int together = store.reads().histories(ids).size();
            System.out.printf(
                    "round %d: %d rows of the histories of %d jobs read in %.1f ms, together in %.1f ms%n",
                    round, rows, together, single * 1e3, seconds(began) * 1e3);
        }
    }

    /** One job after the other: admitted, picked, started, completed. */
    private void work(int count, AtomicBoolean going, String when) {
        List<Long> picks = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        Draft one = Draft.job().submitter("new");
        for (int n = 0; n < count && going.get(); n++) {
            StoredJob job = admit();
            long began = System.nanoTime();
            store.reads().ready(one.lane(), null, 100);
            picks.add(System.nanoTime() - began);
            began = System.nanoTime();
            Move start = Moves.start(job, store.jobs());
            store.jobs().move(start, null).join();
            starts.add(System.nanoTime() - began);
            store.jobs()
                    .move(Moves.complete(start.after(), "{\"ok\":true}"), null)
                    .join();
        }
        System.out.printf(
                "%-24s %7d jobs; pick p50 %.3f p99 %.3f ms; start p50 %.3f p99 %.3f ms%n",
                when, picks.size(), at(picks, 50), at(picks, 99), at(starts, 50), at(starts, 99));
    }

    private StoredJob admit() {
        AdmittedJob job = Draft.job().submitter("new").admitted();
        store.jobs().admit(List.of(job)).join();
        return job.stored();
    }

    private void remove(List<StoredJob> old) throws InterruptedException {
        long began = System.nanoTime();
        int gone = 0;
        try (JobRemoval removal = store.jobs().removal()) {
            System.out.printf("what unfinished jobs need was read in %.1f s%n", seconds(began));
            began = System.nanoTime();
            for (int n = 0; n < old.size(); n += SLICE) {
                long slice = System.nanoTime();
                gone += removal.remove(old.subList(n, Math.min(n + SLICE, old.size())))
                        .join()
                        .size();
                Thread.sleep(PAUSES * (System.nanoTime() - slice) / 1_000_000);
            }
        }
        System.out.printf("%d jobs removed: %.1f s%n", gone, seconds(began));
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double at(List<Long> nanos, int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100] / 1e6;
    }
}
