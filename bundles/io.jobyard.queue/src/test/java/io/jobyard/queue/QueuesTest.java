// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Named queues: routing, what they allow, and pauses. */
class QueuesTest {

    private static final AuditEntry AUDIT = new AuditEntry(LanesFixture.START, "user alice", "pause", "queue llm", "");

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aTypeIsRoutedToTheFirstQueueByNameThatTakesIt() {
        fixture.queue("b", "types", "llm_*, embed");
        fixture.queue("a", "types", "llm_x*");
        assertThat(fixture.view(fixture.submit("s", 5, "llm_tool")).queue()).isEqualTo("b");
        assertThat(fixture.view(fixture.submit("s", 5, "embed")).queue()).isEqualTo("b");
        assertThat(fixture.view(fixture.submit("s", 5, "llm_xl")).queue()).isEqualTo("a");
        assertThat(fixture.view(fixture.submit("s", 5, "other")).queue()).isEqualTo("default");
        assertThat(fixture.view(fixture.submitTo("asked", "s", 5)).queue()).isEqualTo("asked");
    }

    @Test
    void aQueueTellsHowLongTheOldestOfItsReadyJobsHasBeenReady() {
        fixture.submitTo("q", "a", 9);
        fixture.clock.advance(Duration.ofSeconds(40));
        fixture.submitTo("q", "b", 1);
        fixture.clock.advance(Duration.ofSeconds(2));

        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        fixture.open(); // only the store has them now
        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        fixture.start(1);
        assertThat(oldest("q")).isEqualTo(Duration.ofSeconds(42));
        fixture.start(1);
        assertThat(oldest("q")).isNull();
    }

    private Duration oldest(String name) {
        return fixture.lanes.limits.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow()
                .jobs()
                .oldestReady();
    }

    @Test
    void lanesFollowAChangedConfigurationAtTheNextDecision() {
        JobId id = fixture.submit("s", 5, "llm_tool");
        fixture.submit("s", 5, "llm_tool");
        assertThat(fixture.view(id).queue()).isEqualTo("default");

        fixture.queue("llm", "types", "llm_*", "running.max", "1");
        assertThat(fixture.view(id).queue()).isEqualTo("llm");
        assertThat(fixture.start(9)).hasSize(1);

        fixture.queue("llm", "running.max", "1");
        assertThat(fixture.start(9)).hasSize(1);
    }

    @Test
    void noMoreRunThanAQueueAllows() {
        fixture.queue("small", "running.max", "2");
        for (int i = 0; i < 4; i++) {
            fixture.submitTo("small", "s" + i, 5);
        }
        JobId other = fixture.submit("z", 9);
        List<JobId> started = fixture.start(9);
        assertThat(started).hasSize(3).contains(other);
        assertThat(queue("small").shutBy())
                .containsExactly(new Blocker("queue", "small: 2 of running.max 2 run", null));

        fixture.move(started.get(0), JobStatus.WAITING);
        assertThat(fixture.start(9)).hasSize(1);
        assertThat(queue("small").jobs().running()).isEqualTo(2);
    }

    @Test
    void noMoreStartThanAQueueAllows() {
        fixture.queue("slow", "rate", "1/10s burst 2");
        for (int i = 0; i < 5; i++) {
            fixture.submitTo("slow", "s", 5);
        }
        assertThat(fixture.start(9)).hasSize(2);
        fixture.clock.advance(Duration.ofSeconds(10));
        assertThat(fixture.start(9)).hasSize(1);
        assertThat(queue("slow").bounds().rate()).isEqualTo("1/10s burst 2");
        assertThat(queue("slow").shutBy())
                .extracting(Blocker::until)
                .containsExactly(LanesFixture.START.plusSeconds(20));
    }

    @Test
    void nothingOfAPausedQueueStartsUntilItIsResumedAlsoAfterARestart() {
        JobId id = fixture.submitTo("llm", "s", 5);
        Instant since = LanesFixture.START.minusSeconds(60);
        fixture.store
                .pause(new Pause(PauseTarget.queue("llm"), "alice", since, "provider down", null), AUDIT)
                .join();
        assertThat(fixture.start(9)).isEmpty();
        assertThat(fixture.view(id).shutBy()).singleElement().satisfies(blocker -> {
            assertThat(blocker.gate()).isEqualTo("paused");
            assertThat(blocker.detail())
                    .startsWith("queue llm, by alice since ")
                    .endsWith(", \"provider down\"");
        });

        fixture.open();
        assertThat(fixture.start(9)).isEmpty();
        fixture.store.resume(PauseTarget.queue("llm"), AUDIT).join();
        assertThat(fixture.start(9)).containsExactly(id);
        assertThat(fixture.store.pauses()).isEmpty();
    }

    @Test
    void aPauseEndsByItself() {
        JobId id = fixture.submitTo("llm", "s", 5);
        fixture.lanes.follower.paused(new Pause(
                PauseTarget.queue("llm"), "alice", LanesFixture.START, null, LanesFixture.START.plusSeconds(5)));
        fixture.clock.advance(Duration.ofSeconds(4));
        assertThat(fixture.start(9)).isEmpty();
        assertThat(queue("llm").pause()).isNotNull();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.start(9)).containsExactly(id);
        assertThat(queue("llm").pause()).isNull();
    }

    @Test
    void aQueueMayBePausedByItsConfiguration() {
        fixture.submitTo("llm", "s", 5);
        fixture.queue("llm", "paused", "true");
        assertThat(fixture.start(9)).isEmpty();
        assertThat(queue("llm").shutBy())
                .containsExactly(
                        new Blocker(Blocker.PAUSED, "queue llm, by its configuration io.jobyard.queues-llm", null));
        assertThat(queue("llm").pause()).isNull(); // so that it is told from a pause that can be ended
        fixture.queue("llm", "paused", "false");
        assertThat(fixture.start(9)).hasSize(1);
    }

    @Test
    void aQueueThatIsPausedByItsConfigurationStaysSoWhenSomebodysPauseEnds() {
        JobId id = fixture.submitTo("llm", "s", 5);
        fixture.queue("llm", "paused", "true");
        fixture.lanes.follower.paused(new Pause(PauseTarget.queue("llm"), "alice", LanesFixture.START, null, null));
        assertThat(queue("llm").pause()).isNotNull();

        fixture.lanes.follower.resumed(PauseTarget.queue("llm"));

        assertThat(queue("llm").pause()).isNull();
        assertThat(queue("llm").shutBy()).extracting(Blocker::gate).containsExactly(Blocker.PAUSED);
        assertThat(fixture.start(9)).isEmpty();
        fixture.queue("llm");
        assertThat(fixture.start(9)).containsExactly(id);
    }

    /** Whoever refuses to end such a pause names the file by it. */
    @Test
    void theConfigurationOfAQueueHasTheNameThatIsToldToUsers() {
        assertThat(NamedQueueSettings.FACTORY).isEqualTo("io.jobyard.queues");
    }

    @Test
    void theBlockersStandInTheOrderOfTheDocs() {
        fixture.shut(lane -> true);
        fixture.queue("llm", "paused", "true", "running.max", "1");
        fixture.submitTo("llm", "s", 5);
        JobId running = fixture.submitTo("llm", "s", 5);
        fixture.move(running, JobStatus.RUNNING);
        JobId suspect = fixture.submit(fixture.job("s", 5, "work", 2, "llm", List.of("none"), Map.of()));
        JobId other = fixture.submit(fixture.job("s", 5, "work", 2));
        fixture.move(other, JobStatus.RUNNING);

        assertThat(fixture.view(suspect).shutBy())
                .extracting(Blocker::gate)
                .containsExactly("paused", "queue", "limit", "test", "quarantine");
    }

    private QueueStatus queue(String name) {
        return fixture.lanes.limits.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
