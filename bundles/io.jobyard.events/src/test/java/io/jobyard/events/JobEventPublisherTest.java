// SPDX-License-Identifier: Apache-2.0
package io.jobyard.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class JobEventPublisherTest {

    private static final JobId ID = new JobId(new UUID(1, 2));

    private final List<Event> sent = new ArrayList<>();
    private final JobEventPublisher publisher = new JobEventPublisher(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            throw new AssertionError("nothing bounds what is posted");
        }

        @Override
        public void sendEvent(Event event) {
            sent.add(event);
        }
    });

    private void publish(@Nullable JobStatus from, JobStatus to, @Nullable Reason reason) {
        HistoryEvent change = new HistoryEvent(
                Instant.ofEpochMilli(5),
                "ada",
                from,
                to,
                reason,
                new HistoryEvent.HistoryRun("here", 2, 1, null),
                "no: secret words");
        publisher.changed(new JobEvent(EventCursor.of("3-4-1"), ID, "echo", "ada", "llm", change));
    }

    @Test
    void anEventTellsWhichJobAndWhatBecameOfItWithoutItsWords() {
        publish(JobStatus.RUNNING, JobStatus.WAITING, Reason.RETRY);
        Event event = sent.get(0);
        assertThat(event.getTopic()).isEqualTo("io/jobyard/job/WAITING");
        assertThat(event.getPropertyNames())
                .containsExactlyInAnyOrder(
                        "event.topics",
                        "id",
                        "type",
                        "submitter",
                        "queue",
                        "status",
                        "reason",
                        "run",
                        "attempt",
                        "cursor",
                        "timestamp");
        assertThat(event.getProperty("id")).isEqualTo(ID.toString());
        assertThat(event.getProperty("type")).isEqualTo("echo");
        assertThat(event.getProperty("queue")).isEqualTo("llm");
        assertThat(event.getProperty("status")).isEqualTo("waiting");
        assertThat(event.getProperty("reason")).isEqualTo("retry");
        assertThat(event.getProperty("run")).isEqualTo(2);
        assertThat(event.getProperty("cursor")).isEqualTo("3-4-1");
        assertThat(event.getProperty("timestamp")).isEqualTo(5L);
    }

    @Test
    void whatDoesNotChangeTheStatusIsNotPublished() {
        publish(JobStatus.QUEUED, JobStatus.QUEUED, null);
        assertThat(sent).isEmpty();
        publish(null, JobStatus.QUEUED, null);
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void theReferenceNamesTheTopicOfEachStatus(JobStatus status) throws IOException {
        assertThat(Files.readString(Path.of("../../docs/reference/events.md"))).contains("`" + Topics.of(status) + "`");
    }

    @Test
    void theReferenceNamesEveryProperty() throws IOException {
        publish(JobStatus.RUNNING, JobStatus.WAITING, Reason.RETRY);
        String page = Files.readString(Path.of("../../docs/reference/events.md"));
        for (String property : sent.get(0).getPropertyNames()) {
            assertThat(page).contains("| `" + property + "` |");
        }
    }
}
