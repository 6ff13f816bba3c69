// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobListener;
import io.jobyard.api.spi.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one listener, and the thread that calls it. Once too much waits, all is dropped until the listener has
 * worked off what waits; then it is told. Safe for use by several threads.
 */
final class ListenerFeed {

    static final int CAPACITY = 10_000;
    static final Duration LONG = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ListenerFeed.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final JobListener listener;
    private final Caller caller;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "jobyard-listener-" + COUNT.incrementAndGet());
    private final Queue<JobEvent> waiting = new ArrayDeque<>();
    private EventCursor last = EventCursor.START;
    private @Nullable EventCursor gap;
    private long dropped;
    private long failed;
    private @Nullable Instant calledAt;
    private boolean stopped;

    ListenerFeed(JobListener listener, Caller caller, Clock clock) {
        this.listener = listener;
        this.caller = caller;
        this.clock = clock;
    }

    /** The bundle that offers the listener. */
    Caller caller() {
        return caller;
    }

    void start() {
        thread.setContextClassLoader(listener.getClass().getClassLoader());
        thread.setDaemon(true); // it may never come back
        thread.start();
    }

    /** Does not wait for the listener, which may be in a call that never ends. */
    void stop() {
        synchronized (this) {
            stopped = true;
            waiting.clear();
            notifyAll();
        }
        thread.interrupt();
    }

    synchronized void offer(List<JobEvent> events) {
        for (JobEvent event : events) {
            if (gap == null && waiting.size() < CAPACITY) {
                waiting.add(event);
                last = event.cursor();
            } else {
                gap = gap == null ? last : gap;
                dropped++;
            }
        }
        notifyAll();
    }

    private void run() {
        for (Runnable call = next(); call != null; call = next()) {
            try {
                call.run();
            } catch (Throwable e) { // a listener must not end its thread
                failed(e);
            }
        }
    }

    /** Waits for the next call of the listener; null after the stop. */
    private synchronized @Nullable Runnable next() {
        calledAt = null;
        while (waiting.isEmpty() && gap == null && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.debug("Interrupted"); // the loop checks whether stop() did it
            }
        }
        if (stopped) {
            return null;
        }
        calledAt = clock.instant();
        JobEvent event = waiting.poll();
        if (event != null) {
            return () -> listener.changed(event);
        }
        EventCursor missed = gap == null ? last : gap;
        gap = null;
        return () -> listener.missed(missed);
    }

    private void failed(Throwable fault) {
        synchronized (this) {
            failed++;
            if (stopped || failed > 1) {
                return; // once is enough for the log; the doctor counts
            }
        }
        LOG.warn("The listener {} failed; it goes on with the next event", name(), fault);
    }

    private String name() {
        return listener.getClass().getName();
    }

    synchronized List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Instant since = calledAt;
        if (since != null && Duration.between(since, clock.instant()).compareTo(LONG) >= 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " has been in one call since " + since + "; " + waiting.size() + " events wait for it",
                    "look at its bundle, or stop it; nobody else waits for it"));
        }
        if (dropped > 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " was too slow: " + dropped + " events were dropped",
                    "let it do less in a call; StatusReporter.events tells it what it missed"));
        }
        if (failed > 0) {
            findings.add(new Finding(
                    Finding.LISTENER,
                    name() + " threw an exception at " + failed + " events",
                    "look at its bundle's log"));
        }
        return findings;
    }
}
