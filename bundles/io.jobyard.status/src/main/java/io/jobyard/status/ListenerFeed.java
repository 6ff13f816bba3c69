// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queue of events for one listener, and the thread that calls it. If the queue is full, new events are dropped until
 * the listener has processed the queue. Then the listener is notified of the loss.
 */
final class ListenerFeed<T> {

    static final int CAPACITY = 10_000;
    static final Duration LONG = Duration.ofSeconds(60);

    /**
     * Calls of a listener.
     *
     * @param each receives one event
     * @param missed receives the last event before dropped ones, or null without such an event
     * @param source method that returns the dropped events
     */
    record Calls<T>(Object listener, Consumer<T> each, Consumer<@Nullable T> missed, String source) {}

    private static final Logger LOG = LoggerFactory.getLogger(ListenerFeed.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Calls<T> calls;
    private final Caller caller;
    private final Clock clock;
    private final LoopThread loop;
    private final Queue<T> waiting = new ArrayDeque<>();
    private @Nullable T last;
    private boolean gap;
    private @Nullable T beforeGap;
    private long dropped;
    private long failed;
    private @Nullable Instant calledAt;

    ListenerFeed(Calls<T> calls, Caller caller, Clock clock) {
        this.calls = calls;
        this.caller = caller;
        this.clock = clock;
        String name = "jobyard-listener-" + COUNT.incrementAndGet();
        loop = new LoopThread(name, "Listener " + name() + " does not receive events", this::call);
    }

    /** Returns the bundle of the listener as a caller. */
    Caller caller() {
        return caller;
    }

    void start() {
        loop.start();
    }

    /** Stops the feed. Does not wait for the listener, because a call may never end. */
    void stop() {
        synchronized (this) {
            waiting.clear();
            gap = false;
        }
        loop.interrupt();
    }

    synchronized void offer(List<T> events) {
        for (T event : events) {
            if (!gap && waiting.size() < CAPACITY) {
                waiting.add(event);
                last = event;
            } else {
                beforeGap = gap ? beforeGap : last;
                gap = true;
                dropped++;
            }
        }
        loop.wake();
    }

    /** Records that events did not reach this feed. The listener is notified after it has processed the queue. */
    synchronized void missed() {
        beforeGap = gap ? beforeGap : last;
        gap = true;
        loop.wake();
    }

    private Duration call() {
        Thread.currentThread().setContextClassLoader(calls.listener().getClass().getClassLoader());
        Runnable call = next();
        if (call == null) {
            return LoopThread.UNTIL_WOKEN;
        }
        try {
            call.run();
        } catch (Throwable e) { // the listener may accept the next event
            failed(e);
        }
        returned();
        return Duration.ZERO;
    }

    private synchronized @Nullable Runnable next() {
        if (waiting.isEmpty() && !gap) {
            return null;
        }
        calledAt = clock.instant();
        T event = waiting.poll();
        if (event != null) {
            return () -> calls.each().accept(event);
        }
        T before = beforeGap;
        gap = false;
        beforeGap = null;
        return () -> calls.missed().accept(before);
    }

    private synchronized void returned() {
        calledAt = null;
    }

    private void failed(Throwable fault) {
        synchronized (this) {
            failed++;
            if (loop.isStopped() || failed > 1) {
                return; // the log has one line; the doctor counts all
            }
        }
        LOG.warn("Listener {} failed; continuing with the next event", name(), fault);
    }

    private String name() {
        return calls.listener().getClass().getName();
    }

    synchronized List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Instant since = calledAt;
        if (since != null && Duration.between(since, clock.instant()).compareTo(LONG) >= 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " has been in one call since " + since + "; " + waiting.size()
                            + " events are waiting for it",
                    "check its bundle, or stop it; other listeners are not affected"));
        }
        if (dropped > 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " was too slow: " + dropped + " events were dropped",
                    "reduce the work per call; " + calls.source() + " reports the missed events"));
        }
        if (failed > 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " threw an exception at " + failed + " events",
                    "check the log of its bundle"));
        }
        return findings;
    }
}
