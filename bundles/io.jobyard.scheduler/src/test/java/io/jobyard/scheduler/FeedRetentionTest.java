// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.JobEvent;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.feed.FeedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FeedRetentionTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final List<Long> rests = new ArrayList<>();
    private final RetentionSettings settings = new RetentionSettings(7, 30, 400, 400, 48, 500, null);
    private final FeedRetention retention =
            new FeedRetention(scheduler.store, () -> settings, scheduler.clock, rests::add);

    private List<JobEvent> kept() {
        return scheduler.memory.events(EventCursor.START, 1000);
    }

    @Test
    void whatIsOlderThanItsHoursGoesInSlicesWithRestsBetweenThem() {
        for (int n = 0; n < 10; n++) {
            scheduler.submit();
        }
        scheduler.clock.advance(Duration.ofHours(48));
        scheduler.submit();
        List<JobEvent> all = kept();
        assertThat(all).hasSize(11);
        retention.cut();
        assertThat(kept()).isEqualTo(all);
        assertThat(rests).isEmpty();

        scheduler.clock.advance(Duration.ofMillis(1));
        retention.cut();
        assertThat(kept()).isEqualTo(all.subList(10, 11));
        assertThat(rests).isNotEmpty();
    }

    @Test
    void eventsThatGoForTheirSizeAreTold() {
        Instant now = scheduler.clock.instant();
        assertThat(found(new FeedSize(499_990_000, now.minus(Duration.ofHours(5)))))
                .singleElement()
                .isEqualTo(Finding.note(
                        "io.jobyard.retention",
                        "the events since " + now.minus(Duration.ofHours(5))
                                + " fill feed.max.mb = 500, so they go before feed.hours = 48 are over",
                        "raise feed.max.mb if those who follow events by a cursor are away for longer"));
        assertThat(found(new FeedSize(499_990_000, now.minus(Duration.ofHours(48)))))
                .isEmpty();
        assertThat(found(new FeedSize(400_000_000, now.minus(Duration.ofHours(5)))))
                .isEmpty();
        assertThat(found(new FeedSize(0, null))).isEmpty();
    }

    private List<Finding> found(FeedSize size) {
        FeedStore feed = Stub.<FeedStore>of(FeedStore.class)
                .on("size", none -> size)
                .on("cut", arguments -> CompletableFuture.completedFuture(false))
                .get();
        FeedRetention retention = new FeedRetention(feed, () -> settings, scheduler.clock, rests::add);
        assertThat(retention.found()).isEmpty();
        retention.cut();
        return retention.found();
    }

    @Test
    void megabytesAreCounted() {
        assertThat(settings.feedMaxBytes()).isEqualTo(500_000_000);
        assertThat(settings.feedKept()).isEqualTo(Duration.ofDays(2));
        assertThat(settings).asString().contains("feed.hours = 48, feed.max.mb = 500");
    }
}
