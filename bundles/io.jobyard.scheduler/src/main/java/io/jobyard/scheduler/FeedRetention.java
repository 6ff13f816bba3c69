// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.following.FeedStore;
import java.time.Clock;
import java.util.function.Supplier;

/** Cuts the feed of events, in slices with rests between them. Used by one thread. */
final class FeedRetention {

    private final FeedStore feed;
    private final Supplier<RetentionSettings> settings;
    private final Clock clock;
    private final Retention.Rest rest;

    FeedRetention(FeedStore feed, Supplier<RetentionSettings> settings, Clock clock, Retention.Rest rest) {
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        this.rest = rest;
    }

    /** Until what is left is young and small enough. */
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
    }
}
