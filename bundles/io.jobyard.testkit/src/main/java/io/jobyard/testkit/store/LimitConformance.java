// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.QueuePause;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.LimitLevel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

interface LimitConformance extends Conformance {

    @Test
    default void theLatestLevelOfEachUnitOutlivesTheHost() {
        LimitLevel tokens = new LimitLevel("limit openai", "tokens", Draft.T0, 1666.6666666666667);
        LimitLevel requests = new LimitLevel("limit openai", "requests", Draft.T0.plusSeconds(1), 1);
        LimitLevel shut = new LimitLevel("limit openai", LimitLevel.SHUT, Draft.T0.plusSeconds(2), 0);
        LimitLevel later = new LimitLevel("limit openai", "tokens", Draft.T0.plusSeconds(3), 0.5);
        assertThat(limits().levels()).isEmpty();

        done(limits().levels(List.of(tokens, requests)));
        limits().levels(List.of(shut, tokens));
        done(limits().levels(List.of(later)));

        assertThat(limits().levels()).containsExactlyInAnyOrder(later, requests, shut);
        under().restart();
        assertThat(limits().levels()).containsExactlyInAnyOrder(later, requests, shut);
    }

    @Test
    default void aPauseOutlivesTheHostUntilItIsEnded() {
        QueuePause one = new QueuePause("llm", "alice", Draft.T0, "provider down", Draft.T0.plusSeconds(60));
        QueuePause two = new QueuePause("default", "bob", Draft.T0, null, null);
        QueuePause again = new QueuePause("llm", "bob", Draft.T0.plusSeconds(1), null, null);
        done(limits().pause(one, entry("pause")));
        done(limits().pause(two, entry("pause")));
        assertThat(limits().pauses()).containsExactlyInAnyOrder(one, two);

        limits().pause(again, entry("pause"));
        done(limits().resume("default", entry("resume")));
        done(limits().resume("never paused", entry("resume")));

        assertThat(audit().rows(jobs().incarnation(), 1, 10))
                .extracting(row -> row.entry().action())
                .containsExactly("pause", "pause", "pause", "resume", "resume");
        under().restart();
        assertThat(limits().pauses()).containsExactly(again);
    }

    @Test
    default void listenersHearOfAPauseBeforeItsCaller() {
        QueuePause pause = new QueuePause("llm", "alice", Draft.T0, null, null);
        Recorder recorder = Recorder.on(under());
        assertThat(store().pause(pause, entry("pause")).thenApply(done -> recorder.pauses()))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(List.of(pause));
        assertThat(Recorder.on(under()).snapshot().pauses()).containsExactly(pause);
        done(store().resume("llm", entry("resume")));
        assertThat(recorder.pauses()).isEmpty();
        assertThat(Recorder.on(under()).snapshot().pauses()).isEmpty();
    }

    private static AuditEntry entry(String action) {
        return new AuditEntry(Draft.T0, "user alice", action, "queue", "");
    }
}
