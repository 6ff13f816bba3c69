// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.LoopThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ends the process before the lease of this host ends, if a run of an exclusive type is still running. After the lease, another host may
 * start the job again. Has its own thread and waits for no other, because the interrupt of a run may call code of its handler.
 */
final class ExclusiveRuns {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration WITHOUT_LEASE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final LeaseTime lease;
    private final Supplier<List<Run>> held;
    private final Predicate<Run> isExclusive;
    private final Consumer<String> halt;
    private final LoopThread loop =
            new LoopThread("jobyard-exclusive-1", "Runs of exclusive types are not watched", this::look);
    private boolean halted; // used only by the thread

    /**
     * @param held supplies runs that have not ended, or whose end is not stored
     * @param halt ends the process immediately, for the given reason
     */
    ExclusiveRuns(LeaseTime lease, Supplier<List<Run>> held, Predicate<Run> isExclusive, Consumer<String> halt) {
        this.lease = lease;
        this.held = held;
        this.isExclusive = isExclusive;
        this.halt = halt;
    }

    void start() {
        loop.start();
    }

    void stop() {
        loop.stop(TIMEOUT);
    }

    /** Checks once; returns the time until the next check. */
    Duration look() {
        Optional<Duration> left = lease.left();
        if (left.isEmpty()) {
            return WITHOUT_LEASE;
        }
        boolean ends = left.get().compareTo(lease.margin()) < 0;
        Optional<Run> first = ends ? held.get().stream().filter(isExclusive).findFirst() : Optional.empty();
        if (first.isPresent() && !halted) {
            halt.accept("job " + first.get().id() + " of exclusive type "
                    + first.get().type() + " has not ended, and another host can start it in "
                    + Math.max(0, left.get().toMillis()) + " ms");
        }
        halted = first.isPresent(); // only once, because a test does not end the process
        return LOOK;
    }
}
