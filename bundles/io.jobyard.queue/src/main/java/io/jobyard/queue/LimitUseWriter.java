// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings to the store how much of limits is used, in order: before the starts that drew on them. The leader's alone. */
final class LimitUseWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LimitUseWriter.class);

    private final Lanes lanes;
    private final LimitStore store;
    private final Consumer<LimitEvent> passed;
    private int inFlight;
    private boolean more;
    /** Of all that are under way. */
    private CompletableFuture<Boolean> latest = CompletableFuture.completedFuture(true);

    /** With who hears of warning thresholds that are passed, once that is stored. */
    LimitUseWriter(Lanes lanes, LimitStore store, Consumer<LimitEvent> passed) {
        this.lanes = lanes;
        this.store = store;
        this.passed = passed;
    }

    /**
     * Sends what has changed, and does not wait; completed once all is stored that had changed by now: false where another host is the
     * leader. One call at a time, so that no older use comes after a newer.
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
                });
            } else if (stored) { // or another leader reports it
                toTell.forEach(passed);
            }
        });
        return latest;
    }

    /** The same for what no start stands for: a store that is slow or away is sent only the last of it. */
    synchronized void storeInTime() {
        if (inFlight > 0) {
            more = true;
        } else {
            store();
        }
    }

    private synchronized void taken() {
        inFlight--;
        if (inFlight == 0 && more) {
            more = false;
            store();
        }
    }
}
