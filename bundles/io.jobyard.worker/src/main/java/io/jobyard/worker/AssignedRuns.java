// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the runs that another host, the leader, has started for this one, on a thread of its own. They are durable, so each must come to an
 * outcome: a store that does not answer is asked again.
 */
final class AssignedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedRuns.class);
    private static final int MOST_AT_ONCE = 256;
    private static final long PAUSE_SECONDS = 1;
    private static final long PATIENCE_SECONDS = 5;
    /** Each host looks twice a second at what the others tell. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);

    private final JobStore store;
    private final JobReads reads;
    private final Consumer<List<Assignment>> workers;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** There is none while no other host starts anything here. */
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            PATIENCE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "jobyard-assigned-1"),
            new ThreadPoolExecutor.DiscardPolicy());

    private List<JobEvent> starts = new ArrayList<>();
    private long heardAt = System.nanoTime();

    AssignedRuns(JobStore store, JobReads reads, Consumer<List<Assignment>> workers) {
        this.store = store;
        this.reads = reads;
        this.workers = workers;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Takes the starts among the commits of other hosts. */
    void committed(List<Committed> changes) {
        List<JobEvent> runs = changes.stream()
                .filter(change -> change.elsewhere() && isStart(change))
                .map(Committed::event)
                .toList();
        if (!runs.isEmpty()) {
            started(runs);
        }
    }

    private boolean isStart(Committed change) {
        JobSummary before = change.before();
        JobSummary after = change.after();
        return after.status() == JobStatus.RUNNING
                && store.incarnation().equals(after.incarnation())
                && !after.cancelRequested()
                && change.event() != null
                && (before == null || before.status() != JobStatus.RUNNING);
    }

    /** The leader has started these here; does not wait for the store. */
    synchronized void started(List<JobEvent> runs) {
        boolean fetches = !starts.isEmpty();
        heardAt = System.nanoTime();
        starts.addAll(runs);
        if (!fetches) {
            thread.execute(this::fetchAll);
        }
    }

    /** Some starts were not heard of: fetches those of these runs, all of this host, that nobody has here by then. */
    void look(List<JobSummary> running, Predicate<JobSummary> isHere) {
        thread.execute(() -> fetch(() -> missed(running, isHere))); // behind those that were heard of
    }

    private List<JobEvent> missed(List<JobSummary> running, Predicate<JobSummary> isHere) {
        List<JobEvent> missed = new ArrayList<>();
        for (JobSummary job : running) {
            if (!isHere.test(job)) {
                reads.history(job.id()).stream()
                        .filter(event ->
                                event.to() == JobStatus.RUNNING && event.run().number() == job.run())
                        .findFirst()
                        .ifPresent(start -> missed.add(new JobEvent(
                                EventCursor.START,
                                job.id(),
                                job.lane().type(),
                                job.lane().submitter(),
                                job.queue(),
                                start)));
            }
        }
        return missed;
    }

    /** Waits until the leader must have heard that this host drains, which it told then, and gives it nothing more. */
    synchronized void awaitQuiet(long toldAt) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (long left = 1; left > 0; ) {
            long quietAt = Math.max(toldAt, heardAt) + QUIET_NANOS;
            left = Math.min(quietAt, latest) - System.nanoTime();
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Ends the thread, after what it has heard of, unless the store does not answer. */
    void close() {
        closed.countDown();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The store does not answer; what others have started here goes back when this host has ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetchAll() {
        List<JobEvent> next = next();
        while (!next.isEmpty()) {
            List<JobEvent> runs = next;
            fetch(() -> runs);
            next = next();
        }
    }

    private synchronized List<JobEvent> next() {
        int count = Math.min(starts.size(), MOST_AT_ONCE);
        List<JobEvent> next = List.copyOf(starts.subList(0, count));
        starts = new ArrayList<>(starts.subList(count, starts.size()));
        return next;
    }

    private void fetch(Supplier<List<JobEvent>> starts) {
        for (int attempt = 1; ; attempt++) {
            try {
                List<JobEvent> runs = starts.get();
                if (!runs.isEmpty()) {
                    workers.accept(store.assigned(runs));
                }
                return;
            } catch (RuntimeException | Error e) { // the runs are durable, and nobody else does them
                if (attempt == 1) {
                    LOG.warn("Runs that another host has started here wait for the store: {}", e.toString());
                }
                if (isClosedWithin(PAUSE_SECONDS)) {
                    return;
                }
            }
        }
    }

    private boolean isClosedWithin(long seconds) {
        try {
            return closed.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false; // by nobody who may: the thread is only ended by close
        }
    }
}
