// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.RunUse;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.usage.UsageStore;
import java.time.Instant;
import java.util.List;

/** Removes old usage entries of runs, in slices with pauses between them. */
final class UsageRetention {

    private static final int SLICE = 250;

    private final UsageStore usage;
    private final Retention.Rest rest;

    UsageRetention(UsageStore usage, Retention.Rest rest) {
        this.usage = usage;
        this.rest = rest;
    }

    /** Removes the entries. Returns the number of removed entries. */
    long cut(Instant before, boolean dryRun) {
        return dryRun ? count(before) : forget(before);
    }

    private long forget(Instant before) {
        long all = 0;
        int some;
        do {
            long begun = System.nanoTime();
            some = Futures.join(usage.forget(before, SLICE));
            all += some;
            if (some == SLICE) {
                rest.after(System.nanoTime() - begun);
            }
        } while (some == SLICE);
        return all;
    }

    private long count(Instant before) {
        long all = 0;
        RunUse last = null;
        List<RunUse> page;
        do {
            page = usage.uses(Instant.EPOCH, before, last, SLICE);
            all += page.size();
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (page.size() == SLICE);
        return all;
    }
}
