// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class ScheduleEventPublisherTest {

    private final List<Event> posted = new ArrayList<>();
    private final ScheduleEventPublisher publisher = new ScheduleEventPublisher(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("schedules wait for nobody");
        }
    });

    @Test
    void theReferenceNamesWhatIsTold() throws Exception {
        String page = Files.readString(Path.of("../../docs/reference/events.md"));
        for (ScheduleOutcome kind : ScheduleOutcome.values()) {
            JobId job = kind == ScheduleOutcome.FIRED ? new JobId(new UUID(1, 2)) : null;
            publisher.seen(new ScheduleEvent(
                    kind, new Fire("nightly", Instant.EPOCH), 3, Duration.ofMillis(5), job, "secret words"));
            assertThat(page).contains("`" + Topics.of(kind) + "`");
        }
        Event fired = posted.get(0);
        assertThat(fired.getTopic()).isEqualTo("io/jobyard/schedule/FIRED");
        assertThat(fired.getProperty("fireAt")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(fired.getProperty("times")).isEqualTo(3L);
        assertThat(fired.getProperty("lateMillis")).isEqualTo(5L);
        for (String property : fired.getPropertyNames()) {
            assertThat(page).contains("`" + property + "`");
            assertThat(fired.getProperty(property).toString()).doesNotContain("secret");
        }
        assertThat(posted.get(1).getProperty("id")).isNull();
    }
}
