// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.Finding;
import io.jobyard.spi.feed.CommitListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commit listeners that have thrown an exception: how often they failed, and which of them are detached. */
public final class FailedListeners {

    private record Failure(long count, Instant at, String cause, boolean isDetached, int inARow) {}

    private static final Logger LOG = LoggerFactory.getLogger(FailedListeners.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 7;
    /** Time for which the doctor reports a reopened listener. */
    private static final Duration SHOWN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<CommitListener, Failure> failures = new LinkedHashMap<>();
    private final Queue<CommitListener> toReopen = new ArrayDeque<>();
    private long count;

    public FailedListeners(Clock clock) {
        this.clock = clock;
    }

    /** Detaches a listener until it is reopened. */
    synchronized void failed(CommitListener listener, Throwable cause) {
        Failure before = failures.get(listener);
        int inARow = before != null && before.isDetached() ? before.inARow() + 1 : 1;
        long all = before == null ? 1 : before.count() + 1;
        failures.put(listener, new Failure(all, clock.instant(), String.valueOf(cause), true, inARow));
        toReopen.add(listener);
        count++;
        LOG.error(
                "Commit listener {} failed; detached until it has reread all jobs: failures={}",
                name(listener),
                all,
                cause);
    }

    /** Returns the number of failures since the store was opened. */
    public synchronized long count() {
        return count;
    }

    /** Returns the next failed listener that was not reopened yet; null for none. */
    synchronized @Nullable CommitListener next() {
        return toReopen.peek();
    }

    /** Removes the listener that {@link #next} returned: it was reopened, or a later attempt is scheduled. */
    synchronized void tried() {
        toReopen.poll();
    }

    /** Returns the pause before the next attempt: zero for the first one, then increasing. */
    synchronized Duration pause(CommitListener listener) {
        Failure failure = failures.get(listener);
        int tries = failure == null ? 0 : failure.inARow() - 1;
        return tries == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
    }

    /** Returns whether the listener is detached; false for a listener that receives commits, and for an unknown one. */
    synchronized boolean isDetached(CommitListener listener) {
        Failure failure = failures.get(listener);
        return failure != null && failure.isDetached();
    }

    synchronized void reopened(CommitListener listener) {
        Failure failure = failures.get(listener);
        if (failure != null) {
            failures.put(listener, new Failure(failure.count(), failure.at(), failure.cause(), false, 0));
            LOG.info("Commit listener {} has reread all jobs and receives commits again", name(listener));
        }
    }

    synchronized void forget(CommitListener listener) {
        failures.remove(listener);
        toReopen.removeIf(listener::equals);
    }

    public synchronized List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Instant shownSince = clock.instant().minus(SHOWN);
        failures.forEach((listener, failure) -> {
            if (failure.isDetached() || failure.at().isAfter(shownSince)) {
                findings.add(finding(name(listener), failure));
            }
        });
        return findings;
    }

    private static Finding finding(String name, Failure failure) {
        String last = name + " failed " + failure.count() + " times to process a commit, last at " + failure.at() + " ("
                + failure.cause() + ")";
        return failure.isDetached()
                ? new Finding(
                        Finding.LISTENER,
                        last + "; it is detached, and its data is outdated",
                        "the host retries to let it reread all jobs; if this persists, restart the host, and report the"
                                + " stack trace in data/log/jobyard.log")
                : new Finding(
                        Finding.LISTENER,
                        last + "; it has reread all jobs",
                        "the listener works again; report the stack trace in data/log/jobyard.log");
    }

    private static String name(CommitListener listener) {
        return listener.getClass().getName();
    }
}
