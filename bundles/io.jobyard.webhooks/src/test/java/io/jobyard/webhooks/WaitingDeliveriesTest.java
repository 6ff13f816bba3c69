// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Searches that do not know yet what was stored last. */
class WaitingDeliveriesTest {

    private final WebhookFixture given = new WebhookFixture();
    private final SettableClock clock = given.clock;
    private final List<JobId> withdrawn = new ArrayList<>();
    private @Nullable Instant asOf;

    private final WaitingDeliveries waiting = new WaitingDeliveries(
            Stub.<JobReads>of(JobReads.class)
                    .on("find", arguments -> {
                        JobPage page = given.store.find((JobQuery) arguments[0], java.util.Set.of());
                        return new JobPage(page.jobs(), page.next(), null, asOf);
                    })
                    .get(),
            (job, by, why) -> withdrawn.add(job),
            clock);

    @Test
    void itLooksAgainUntilSearchesKnowAllThatWasThere() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        JobEvent answer = answer();
        asOf = clock.instant();
        waiting.end("shop", given.webhooks.get("shop"), answer);
        assertThat(waiting.turn()).isFalse();
        assertThat(withdrawn).isEmpty();

        given.submit("work");
        given.engine.turn();
        List<JobId> late = given.deliveries().stream().map(Job::id).toList();
        assertThat(waiting.turn()).as("the index may know more already").isFalse();
        assertThat(withdrawn).isEqualTo(late).hasSize(1);

        asOf = clock.instant().plus(Duration.ofMillis(1));
        assertThat(waiting.turn()).isTrue();
        withdrawn.clear();
        assertThat(waiting.turn()).as("once is enough").isTrue();
        assertThat(withdrawn).isEmpty();
    }

    private JobEvent answer() {
        given.submit("other");
        return given.store.events(io.jobyard.api.EventCursor.START, 10).get(0);
    }
}
