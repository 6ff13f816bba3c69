// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.spi.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Named queues: routing, what they allow, and pauses. */
class QueuesTest {

    private static final AuditEntry AUDIT = new AuditEntry(Yard.START, "user alice", "pause", "queue llm", "");

    private final Yard yard = new Yard();

    @Test
    void aTypeIsRoutedToTheFirstQueueByNameThatTakesIt() {
        yard.queue("b", "types", "llm_*, embed");
        yard.queue("a", "types", "llm_x*");
        assertThat(yard.view(yard.submit("s", 5, "llm_tool")).queue()).isEqualTo("b");
        assertThat(yard.view(yard.submit("s", 5, "embed")).queue()).isEqualTo("b");
        assertThat(yard.view(yard.submit("s", 5, "llm_xl")).queue()).isEqualTo("a");
        assertThat(yard.view(yard.submit("s", 5, "other")).queue()).isEqualTo("default");
        assertThat(yard.view(yard.submitTo("asked", "s", 5)).queue()).isEqualTo("asked");
    }

    @Test
    void aQueueTellsHowLongTheOldestOfItsReadyJobsHasBeenReady() {
        yard.submitTo("q", "a", 9);
        yard.clock.advance(Duration.ofSeconds(40));
        yard.submitTo("q", "b", 1);
        yard.clock.advance(Duration.ofSeconds(2));

        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        yard.open(); // only the store has them now
        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        yard.start(1);
        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        yard.start(1);
        assertThat(oldest("q")).isNull();
    }

    private Duration oldest(String name) {
        return yard.lanes.ask(Overview::queues).stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow()
                .oldestReady();
    }

    @Test
    void lanesFollowAChangedConfigurationAtTheNextDecision() {
        JobId id = yard.submit("s", 5, "llm_tool");
        yard.submit("s", 5, "llm_tool");
        assertThat(yard.view(id).queue()).isEqualTo("default");

        yard.queue("llm", "types", "llm_*", "running.max", "1");
        assertThat(yard.view(id).queue()).isEqualTo("llm");
        assertThat(yard.start(9)).hasSize(1);

        yard.queue("llm", "running.max", "1");
        assertThat(yard.start(9)).hasSize(1);
    }

    @Test
    void noMoreRunThanAQueueAllows() {
        yard.queue("small", "running.max", "2");
        for (int i = 0; i < 4; i++) {
            yard.submitTo("small", "s" + i, 5);
        }
        JobId other = yard.submit("z", 9);
        List<JobId> started = yard.start(9);
        assertThat(started).hasSize(3).contains(other);
        assertThat(queue("small").shutBy())
                .containsExactly(new Blocker("queue", "small: 2 of running.max 2 run", null));

        yard.move(started.get(0), JobStatus.WAITING);
        assertThat(yard.start(9)).hasSize(1);
        assertThat(queue("small").running()).isEqualTo(2);
    }

    @Test
    void noMoreStartThanAQueueAllows() {
        yard.queue("slow", "rate", "1/10s burst 2");
        for (int i = 0; i < 5; i++) {
            yard.submitTo("slow", "s", 5);
        }
        assertThat(yard.start(9)).hasSize(2);
        yard.clock.advance(Duration.ofSeconds(10));
        assertThat(yard.start(9)).hasSize(1);
        assertThat(queue("slow").rate()).isEqualTo("1/10s burst 2");
        assertThat(queue("slow").shutBy()).extracting(Blocker::until).containsExactly(Yard.START.plusSeconds(20));
    }

    @Test
    void nothingOfAPausedQueueStartsUntilItIsResumedAlsoAfterARestart() {
        PauseStore pauses = new PauseStore(yard.lanes, yard.store);
        JobId id = yard.submitTo("llm", "s", 5);
        Instant since = Yard.START.minusSeconds(60);
        pauses.pause(new QueuePause("llm", "alice", since, "provider down", null), AUDIT);
        assertThat(yard.start(9)).isEmpty();
        assertThat(yard.view(id).shutBy()).singleElement().satisfies(blocker -> {
            assertThat(blocker.gate()).isEqualTo("paused");
            assertThat(blocker.detail())
                    .startsWith("queue llm, by alice since ")
                    .endsWith(", \"provider down\"");
        });

        yard.open();
        assertThat(yard.start(9)).isEmpty();
        new PauseStore(yard.lanes, yard.store).resume("llm", AUDIT);
        assertThat(yard.start(9)).containsExactly(id);
        assertThat(yard.store.pauses()).isEmpty();
    }

    @Test
    void aPauseEndsByItself() {
        JobId id = yard.submitTo("llm", "s", 5);
        yard.lanes.pause(new QueuePause("llm", "alice", Yard.START, null, Yard.START.plusSeconds(5)));
        yard.clock.advance(Duration.ofSeconds(4));
        assertThat(yard.start(9)).isEmpty();
        assertThat(queue("llm").pause()).isNotNull();
        yard.clock.advance(Duration.ofSeconds(1));
        assertThat(yard.start(9)).containsExactly(id);
        assertThat(queue("llm").pause()).isNull();
    }

    @Test
    void aQueueMayBePausedByItsConfiguration() {
        yard.submitTo("llm", "s", 5);
        yard.queue("llm", "paused", "true");
        assertThat(yard.start(9)).isEmpty();
        assertThat(queue("llm").shutBy())
                .containsExactly(new Blocker("paused", "queue llm, by its configuration io.jobyard.queues-llm", null));
        assertThatThrownBy(() -> new PauseStore(yard.lanes, yard.store).resume("llm", AUDIT))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("take paused = true out of etc/io.jobyard.queues-llm.cfg");

        yard.queue("llm", "paused", "false");
        assertThat(yard.start(9)).hasSize(1);
    }

    @Test
    void aQueueThatIsNotPausedCannotBeResumed() {
        assertThatThrownBy(() -> new PauseStore(yard.lanes, yard.store).resume("default", AUDIT))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("queue default is not paused; job:queues shows which are");
    }

    @Test
    void theBlockersStandInTheOrderOfTheDocs() {
        yard.shut(lane -> true);
        yard.queue("llm", "paused", "true", "running.max", "1");
        yard.submitTo("llm", "s", 5);
        JobId running = yard.submitTo("llm", "s", 5);
        yard.move(running, JobStatus.RUNNING);
        JobId suspect = yard.submit(yard.job("s", 5, "work", 2, "llm", List.of("none"), Map.of()));
        JobId other = yard.submit(yard.job("s", 5, "work", 2));
        yard.move(other, JobStatus.RUNNING);

        assertThat(yard.view(suspect).shutBy())
                .extracting(Blocker::gate)
                .containsExactly("paused", "queue", "limit", "test", "quarantine");
    }

    private QueueStatus queue(String name) {
        return yard.lanes.ask(Overview::queues).stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
