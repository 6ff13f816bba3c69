// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that fetches the runs that another host, the leader, has assigned to this host. The runs are durable, so each must get an outcome:
 * if the store does not answer, the thread calls it again.
 */
final class AssignedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedRuns.class);
    private static final int MOST_AT_ONCE = 256;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Time to wait for the last assignments. Each host reads the other hosts' notices twice per second. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);

    private final JobStore store;
    private final JobReads reads;
    private final Consumer<List<Assignment>> workers;
    private final LoopThread loop = new LoopThread(
            "jobyard-assigned-1", "Runs that another host has started here wait", this::round, this::round);
    /** Queries over all events of the runs that are assigned to this host. */
    private final Queue<Supplier<List<JobEvent>>> looks = new ConcurrentLinkedQueue<>();

    private List<JobEvent> starts = new ArrayList<>();
    private long heardAt = System.nanoTime();
    private boolean hasBegun;

    AssignedRuns(JobStore store, JobReads reads, Consumer<List<Assignment>> workers) {
        this.store = store;
        this.reads = reads;
        this.workers = workers;
    }

    /** Collects the starts from the commits of other hosts. */
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

    /** Records runs that the leader has started here; does not wait for the store. */
    synchronized void started(List<JobEvent> runs) {
        heardAt = System.nanoTime();
        starts.addAll(runs);
        wake();
    }

    /** Fetches runs of this host that the workers do not have, because the events of some starts may have been missed. */
    void look(List<JobSummary> running, Predicate<JobSummary> isHere) {
        looks.add(() -> missed(running, isHere));
        wake();
    }

    /** Wakes the thread, and starts it at the first run. A host with its own database has no such thread. */
    private synchronized void wake() {
        if (!hasBegun) {
            hasBegun = true;
            loop.start();
        }
        loop.wake();
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

    /** Waits until the leader certainly knows that this host drains, and assigns no more runs to it. */
    synchronized void awaitQuiet(long toldAt) throws InterruptedException {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        for (long left = 1; left > 0; ) {
            long quietAt = Math.max(toldAt, heardAt) + QUIET_NANOS;
            left = Math.min(quietAt, latest) - System.nanoTime();
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Ends the thread after it has fetched the known runs, unless the store does not answer. */
    void close() {
        if (!loop.stop(PATIENCE)) {
            LOG.warn("The store does not answer; the leader requeues the runs of this host after its stop");
        }
    }

    private Duration round() {
        for (List<JobEvent> next = next(); !next.isEmpty(); next = next()) {
            List<JobEvent> runs = next;
            fetch(() -> runs);
        }
        for (Supplier<List<JobEvent>> look = looks.poll(); look != null; look = looks.poll()) {
            fetch(look); // after the events that have already arrived
        }
        return LoopThread.UNTIL_WOKEN;
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
            } catch (RuntimeException | Error e) { // the runs are durable, and no other host executes them
                if (attempt == 1) {
                    LOG.warn("Cannot read the runs that the leader assigned to this host; retrying: {}", e.toString());
                }
                loop.pause(PAUSE);
                if (loop.isStopped()) {
                    return;
                }
            }
        }
    }
}
