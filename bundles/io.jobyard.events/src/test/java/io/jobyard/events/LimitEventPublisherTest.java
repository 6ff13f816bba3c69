// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.LimitEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class LimitEventPublisherTest {

    private final List<Event> posted = new ArrayList<>();
    private final LimitEventPublisher publisher = new LimitEventPublisher(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("the store would wait for the subscribers");
        }
    });

    @Test
    void anEventTellsOfWhichBudgetHowMuchIsUsedAndInWhichPeriod() throws IOException {
        Instant until = Instant.ofEpochSecond(86_400);
        publisher.passed(new LimitEvent("limit", "tenants=acme", "usd", "50/d warn 80%", 41.5, Instant.EPOCH, until));
        Event event = posted.get(0);
        assertThat(event.getTopic()).isEqualTo("io/jobyard/limit/SOFT_PASSED");
        assertThat(event.getProperty("kind")).isEqualTo("limit");
        assertThat(event.getProperty("name")).isEqualTo("tenants=acme");
        assertThat(event.getProperty("unit")).isEqualTo("usd");
        assertThat(event.getProperty("budget")).isEqualTo("50/d warn 80%");
        assertThat(event.getProperty("used")).isEqualTo(41.5);
        assertThat(event.getProperty("since")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(event.getProperty("until")).isEqualTo("1970-01-02T00:00:00Z");

        String page = Files.readString(Path.of("../../docs/reference/events.md"));
        assertThat(page).contains("`" + Topics.SOFT_PASSED + "`");
        for (String property : event.getPropertyNames()) {
            assertThat(page).contains("| `" + property + "` |");
        }
    }
}
