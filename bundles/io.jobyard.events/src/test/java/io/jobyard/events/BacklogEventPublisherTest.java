// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogEvent.BacklogChange;
import io.jobyard.api.BacklogEvent.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class BacklogEventPublisherTest {

    private final List<Event> posted = new ArrayList<>();
    private final BacklogEventPublisher publisher = new BacklogEventPublisher(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("guards wait for nobody");
        }
    });

    @Test
    void theReferenceNamesWhatIsTold() throws Exception {
        String page = Files.readString(Path.of("../../docs/reference/events.md"));
        for (BacklogChange kind : BacklogChange.values()) {
            publisher.seen(new BacklogEvent(kind, "llm", Measure.READY, 12, 10, Instant.ofEpochMilli(5)));
            assertThat(page).contains("`" + Topics.of(kind) + "`");
        }
        Event passed = posted.get(0);
        assertThat(passed.getTopic()).isEqualTo("io/jobyard/backlog/PASSED");
        assertThat(passed.getProperty("queue")).isEqualTo("llm");
        assertThat(passed.getProperty("measure")).isEqualTo("ready");
        assertThat(passed.getProperty("value")).isEqualTo(12L);
        assertThat(passed.getProperty("max")).isEqualTo(10L);
        for (String property : passed.getPropertyNames()) {
            assertThat(page).contains("`" + property + "`");
        }
    }

    @Test
    void aGuardOfAllQueuesNamesNone() {
        publisher.seen(new BacklogEvent(BacklogChange.OVER, null, Measure.OLDEST, 1, 10, Instant.EPOCH));
        assertThat(posted.get(0).containsProperty("queue")).isFalse();
    }
}
