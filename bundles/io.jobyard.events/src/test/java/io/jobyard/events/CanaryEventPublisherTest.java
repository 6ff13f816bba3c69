// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.CanaryStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class CanaryEventPublisherTest {

    private final List<Event> posted = new ArrayList<>();
    private final CanaryEventPublisher publisher = new CanaryEventPublisher(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("commits wait for nobody");
        }
    });

    @Test
    void theReferenceNamesWhatIsTold() throws Exception {
        publisher.rolledBack(new CanaryStatus(
                "words",
                new CanaryStatus.CanaryShare("[1.3.0,1.4.0)", 5, "submitter"),
                Instant.EPOCH,
                Instant.EPOCH,
                Duration.ofHours(1),
                new CanaryStatus.Runs(40, 12),
                new CanaryStatus.Runs(900, 9)));
        String page = Files.readString(Path.of("../../docs/reference/events.md"));
        Event event = posted.get(0);
        assertThat(page).contains("`" + event.getTopic() + "`");
        assertThat(event.getProperty("type")).isEqualTo("words");
        assertThat(event.getProperty("failed")).isEqualTo(12L);
        assertThat(event.getProperty("otherRuns")).isEqualTo(900L);
        for (String property : event.getPropertyNames()) {
            assertThat(page).contains("`" + property + "`");
        }
    }
}
