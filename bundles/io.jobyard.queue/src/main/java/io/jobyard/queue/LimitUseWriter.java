// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the usage of limits in order, before the starts that drew on them. Only for the leader. */
final class LimitUseWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LimitUseWriter.class);

    private final Lanes lanes;
    private final LimitStore store;
    private final Consumer<LimitEvent> passed;
    private final Executor later;
    private int inFlight;
    private boolean awaitsLevels;
    private boolean isClosed;
    private boolean more;
    /** Completes when the latest usage is stored. */
    private CompletableFuture<Boolean> latest = CompletableFuture.completedFuture(true);

    /**
     * Creates the writer.
     *
     * @param passed receives exceeded warning thresholds after they are stored
     */
    LimitUseWriter(Lanes lanes, LimitStore store, Consumer<LimitEvent> passed) {
        this(lanes, store, passed, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    }

    /** @param later runs a task after a second */
    LimitUseWriter(Lanes lanes, LimitStore store, Consumer<LimitEvent> passed, Executor later) {
        this.later = later;
        this.lanes = lanes;
        this.store = store;
        this.passed = passed;
    }

    /**
     * Sends the changed usage to the store without waiting. Makes one call at a time, so that older usage never replaces newer usage.
     *
     * @return completes when all changes until now are stored; its value is false if another host is now the leader
     */
    synchronized CompletableFuture<Boolean> store() {
        if (!lanes.leadership.isHeld()) {
            lanes.lock.run(lanes.allowances::forgetChanged);
            return CompletableFuture.completedFuture(false);
        }
        List<LimitEvent> toTell = lanes.lock.get(lanes.allowances::takePassed);
        List<LimitUse> uses = lanes.lock.get(lanes.allowances::takeChanged);
        if (uses.isEmpty()) {
            return inFlight == 0 ? CompletableFuture.completedFuture(true) : latest;
        }
        CompletableFuture<Boolean> write = store.remember(uses);
        latest = inFlight == 0 ? write : latest.thenCombine(write, Boolean::logicalAnd);
        inFlight++;
        write.whenComplete((stored, fault) -> {
            taken();
            if (fault != null) {
                LOG.warn("Cannot store the usage of {} limits: {}", uses.size(), fault.getMessage());
                lanes.lock.change(() -> {
                    toTell.forEach(event -> lanes.allowances.tellAgain(event, lanes.now()));
                    lanes.canaries.storeAgain(uses);
                    lanes.allowances.levelsAgain(uses);
                });
            } else if (stored) { // otherwise another leader reports it
                toTell.forEach(passed);
            }
        });
        return latest;
    }

    /** Stores usage that does not belong to a start. A slow or unavailable store gets only the latest values. */
    synchronized void storeInTime() {
        if (!awaitsLevels && lanes.leadership.isHeld() && lanes.lock.get(lanes.allowances::hasLevels)) {
            awaitsLevels = true;
            later.execute(this::storeLevels);
        }
        if (inFlight > 0) {
            more = true;
        } else {
            store();
        }
    }

    /** Stores the latest levels of adaptive limits. One write contains all changes of a second. */
    private synchronized void storeLevels() {
        awaitsLevels = false;
        if (!isClosed) {
            lanes.lock.run(lanes.allowances::storeLevels);
            storeInTime();
        }
    }

    /** Stores no further levels. */
    synchronized void close() {
        isClosed = true;
    }

    private synchronized void taken() {
        inFlight--;
        if (inFlight == 0 && more) {
            more = false;
            store();
        }
    }
}
