// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that listen, and the single thread that looks for changes. The thread exists only while clients listen. */
@Component(service = {Subscriptions.class, CommitListener.class})
public final class Subscriptions implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final int MOST = 500;
    /** Interval for checks of credentials and of tools: some changes of tools cause no event. */
    private static final Duration TICK = Duration.ofMillis(500);

    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor;
    private boolean ticks;

    @Activate
    public Subscriptions() {
        executor = new ScheduledThreadPoolExecutor(
                1, task -> new Thread(task, "jobyard-mcp-listen-" + threads.incrementAndGet()));
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Deactivate
    public void stop() throws InterruptedException {
        open.forEach(Subscription::complete);
        executor.shutdown();
        if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    /** Watches a subscription until it ends. */
    Subscription begin(Subscription subscription) {
        if (open.size() >= MOST) {
            throw RpcFault.of(
                    ErrorCode.BUSY,
                    "too many subscriptions: the host already has " + MOST + "; call tasks/get and tools/list instead");
        }
        open.add(subscription);
        run(() -> guarded(subscription, subscription::begin));
        tickAfterwards();
        return subscription;
    }

    private synchronized void tickAfterwards() {
        if (!ticks) {
            ticks = true;
            later();
        }
    }

    private void later() {
        try {
            executor.schedule(this::tick, TICK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
        }
    }

    private void tick() {
        look();
        synchronized (this) {
            ticks = !open.isEmpty();
            if (ticks) {
                later();
            }
        }
    }

    int open() {
        return open.size();
    }

    /** Checks the tools of all subscriptions. */
    void look() {
        open.removeIf(Subscription::hasEnded);
        open.forEach(each -> guarded(each, () -> {
            each.lookAtTools();
            each.wake();
        }));
    }

    private static void guarded(Subscription each, Runnable work) {
        try {
            work.run();
        } catch (JobyardException e) {
            LOG.debug("Cannot notify a client yet; retrying", e);
        } catch (RuntimeException e) {
            LOG.error("Subscription of an MCP client ended by an error", e);
            each.complete();
        }
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
        }
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        if (!open.isEmpty()) { // commits may have been missed
            run(() -> open.forEach(each -> guarded(each, each::lookAtTasks)));
        }
    }

    @Override
    public void committed(List<Committed> changes) {
        if (open.isEmpty()) {
            return;
        }
        Set<JobId> jobs = changes.stream().map(change -> change.after().id()).collect(Collectors.toUnmodifiableSet());
        if (open.stream().anyMatch(each -> jobs.stream().anyMatch(each::isAbout))) {
            run(() -> open.forEach(each -> guarded(each, () -> each.lookAt(jobs))));
        }
    }
}
