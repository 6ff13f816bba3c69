// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that wait for their jobs. A waiting call holds no thread: commits wake it, and a few threads check and answer. */
@Component(service = {TaskWaits.class, CommitListener.class})
public final class TaskWaits implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWaits.class);
    private static final int THREADS = 4;
    /** Maximum number of waiting calls. Above it, a call checks its job once and does not wait. */
    private static final int MOST = 5_000;
    /** Interval at which a call reads the progress of its job and checks its timeout. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Map<JobId, Set<TaskWait>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor;

    @Activate
    public TaskWaits() {
        executor = new ScheduledThreadPoolExecutor(
                THREADS, task -> new Thread(task, "jobyard-mcp-wait-" + threads.incrementAndGet()));
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    @Deactivate
    public void stop() throws InterruptedException {
        executor.shutdown();
        StoreException why = new StoreException("the host stops", null);
        waiting.values().forEach(waits -> waits.forEach(wait -> wait.answer().completeExceptionally(why)));
        if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    /**
     * Waits for the end of a job.
     *
     * @param timeout the longest wait
     * @param job reads the job as its caller sees it
     * @param progress called every second
     * @return the job once it is finished or waits for a signal, or its current state after the timeout
     */
    CompletableFuture<Job> await(JobId id, Duration timeout, Supplier<Job> job, Runnable progress) {
        TaskWait wait = new TaskWait(count.incrementAndGet() > MOST ? Duration.ZERO : timeout, job, progress);
        join(id, wait);
        wait.answer().whenComplete((done, fault) -> leave(id, wait));
        wait.look();
        later(wait);
        return wait.answer();
    }

    private void join(JobId id, TaskWait wait) {
        waiting.compute(id, (job, waits) -> {
            Set<TaskWait> all = waits == null ? ConcurrentHashMap.newKeySet() : waits;
            all.add(wait);
            return all;
        });
    }

    private void leave(JobId id, TaskWait wait) {
        count.decrementAndGet();
        waiting.computeIfPresent(id, (job, waits) -> {
            waits.remove(wait);
            return waits.isEmpty() ? null : waits;
        });
    }

    private void later(TaskWait wait) {
        if (wait.answer().isDone()) {
            return;
        }
        Duration left = wait.left();
        long nanos = Math.min(left.toNanos(), LOOK.toNanos());
        try {
            executor.schedule(
                    () -> {
                        wait.tick();
                        later(wait);
                    },
                    nanos,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
            wait.answer().completeExceptionally(new StoreException("the host stops", e));
        }
    }

    /** Returns the number of waiting calls. */
    int waiting() {
        return count.get();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        waiting.values().forEach(this::wake); // commits may have been missed
    }

    @Override
    public void committed(List<Committed> changes) {
        if (!waiting.isEmpty()) {
            changes.forEach(change -> wake(waiting.getOrDefault(change.after().id(), Set.of())));
        }
    }

    private void wake(Set<TaskWait> waits) {
        for (TaskWait wait : waits) {
            try {
                executor.execute(wait::look);
            } catch (RejectedExecutionException e) {
                LOG.debug("The host stops", e);
            }
        }
    }
}
