// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.identity.Credential;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.StreamPermit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients with an open event stream, and the few threads that write to them. Without clients nothing is read. */
@Component(service = {LiveStreams.class, CommitListener.class})
public final class LiveStreams implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final int THREADS = 3;
    private static final Duration TICK = Duration.ofMillis(500);

    final EventRing ring;
    final JobEnds ends;
    private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean news = new AtomicBoolean();
    private final AtomicInteger threads = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor;
    private final Runnable endOfSignIns;
    private boolean ticks;

    @Activate
    public LiveStreams(@Reference FeedStore feed, @Reference SignIn signIn, @Reference JobEnds ends) {
        this.ends = ends;
        ring = new EventRing(feed);
        executor = new ScheduledThreadPoolExecutor(
                THREADS, task -> new Thread(task, "jobyard-live-" + threads.incrementAndGet()));
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        endOfSignIns = signIn.onChange(() -> {
            if (!clients.isEmpty()) {
                run(() -> clients.forEach(LiveClient::askAgain));
            }
        });
    }

    @Deactivate
    public void stop() throws InterruptedException {
        endOfSignIns.run();
        clients.forEach(LiveClient::end);
        List.copyOf(executor.getQueue()).forEach(Runnable::run); // answers a waiting request now instead of dropping it
        executor.shutdown();
        if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    /** Answers a request with an event stream; sends the headers at once. Refuses the request if the caller has too many open streams. */
    void open(HttpServletRequest http, HttpServletResponse response, LiveSource source) {
        Runnable uncount =
                http.getMethod().equals("HEAD") ? () -> {} : permit(http).take();
        response.setContentType(Representation.EVENTS + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Accel-Buffering", "no");
        if (http.getMethod().equals("HEAD")) {
            return;
        }
        AsyncContext context = http.startAsync(http, response);
        context.setTimeout(0);
        try {
            LiveClient client =
                    new LiveClient(context, response.getOutputStream(), source, shown(http), executor, over -> {
                        clients.remove(over);
                        uncount.run();
                    });
            context.addListener(client);
            clients.add(client);
            tickAfterwards();
            response.getOutputStream().setWriteListener(client);
            run(client::askAgain); // the credentials may have been revoked since the request was accepted
        } catch (IOException e) {
            uncount.run();
            context.complete();
        }
    }

    private static StreamPermit permit(HttpServletRequest http) {
        Object permit = http.getAttribute(StreamPermit.class.getName());
        return permit instanceof StreamPermit counted ? counted : StreamPermit.UNCOUNTED;
    }

    /** Returns the credentials of a client, for repeated checks. */
    static Credential shown(HttpServletRequest http) {
        Object shown = http.getAttribute(Credential.class.getName());
        return shown instanceof Credential credential
                ? credential
                : () -> true; // authentication is not configured: nothing to check again
    }

    /** Runs a task on one of the threads. */
    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
        }
    }

    /** Runs a task on one of the threads after a delay. Run the returned handle to cancel it. */
    Runnable later(Runnable task, Duration delay) {
        try {
            Future<?> timer = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
            return () -> {};
        }
    }

    /** Returns the number of pending timers. */
    int timers() {
        return executor.getQueue().size();
    }

    int clients() {
        return clients.size();
    }

    /** Checks the timers of all clients. */
    void look(long nowNanos) {
        clients.forEach(client -> client.look(nowNanos));
    }

    /** Starts the single chain of ticks unless it runs. One chain per first client would outlive short connections. */
    private synchronized void tickAfterwards() {
        if (!ticks) {
            ticks = true;
            later(this::tick, TICK);
        }
    }

    private void tick() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("Cannot update the event streams", e);
        }
        synchronized (this) {
            ticks = !clients.isEmpty();
            if (ticks) {
                later(this::tick, TICK);
            }
        }
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        committed(List.of());
        if (!clients.isEmpty()) {
            run(() -> clients.forEach(LiveClient::wake)); // commits may have been missed
        }
    }

    @Override
    public void committed(List<Committed> changes) {
        if (!clients.isEmpty() && news.compareAndSet(false, true)) {
            run(this::tellFollowers);
        }
    }

    private void tellFollowers() {
        news.set(false);
        try {
            ring.readOn();
        } catch (RuntimeException e) {
            LOG.warn("Cannot read the event feed; the next commit retries", e);
        }
        clients.forEach(client -> {
            if (client.source().follows()) {
                client.wake();
            }
        });
    }

    @Override
    public void emitted(Job job, List<StreamPiece> pieces) {
        logged(job.id());
    }

    @Override
    public void logged(JobId job) {
        if (clients.stream().anyMatch(client -> client.isAbout(job))) {
            run(() -> clients.forEach(client -> {
                if (client.isAbout(job)) {
                    client.wake();
                }
            }));
        }
    }
}
