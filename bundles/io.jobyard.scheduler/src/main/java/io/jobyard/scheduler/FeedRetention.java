// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Removes old events from the feed, in slices with pauses between them. Only one thread removes events; any thread may read the finding.
 */
final class FeedRetention {

    /** Smallest fraction of its bound that remains after a removal by size; one row is small in comparison. */
    private static final double FULL = 0.95;

    private final FeedStore feed;
    private final Supplier<RetentionSettings> settings;
    private final Clock clock;
    private final Retention.Rest rest;
    private volatile List<Finding> found = List.of();

    FeedRetention(FeedStore feed, Supplier<RetentionSettings> settings, Clock clock, Retention.Rest rest) {
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        this.rest = rest;
    }

    /** Removes events until the rest is within the retention. */
    void cut() {
        boolean more = true;
        while (more) {
            long begun = System.nanoTime();
            RetentionSettings now = settings.get();
            more = Futures.join(feed.cut(clock.instant().minus(now.feedKept()), now.feedMaxBytes()));
            if (more) {
                rest.after(System.nanoTime() - begun);
            }
        }
        found = examine(settings.get());
    }

    /** Returns a finding if the last removal by size deleted events before the end of their retention time. */
    List<Finding> found() {
        return found;
    }

    private List<Finding> examine(RetentionSettings now) {
        FeedSize size = feed.size();
        boolean full = size.bytes() > now.feedMaxBytes() * FULL;
        if (!full
                || size.since() == null
                || !size.since().isAfter(clock.instant().minus(now.feedKept()))) {
            return List.of();
        }
        return List.of(Finding.note(
                RetentionSettings.PID,
                "the events since " + size.since() + " fill feed.max.mb = " + now.feedMaxMb()
                        + ", so they go before feed.hours = " + now.feedHours() + " are over",
                "raise feed.max.mb if those who follow events by a cursor are away for longer"));
    }
}
