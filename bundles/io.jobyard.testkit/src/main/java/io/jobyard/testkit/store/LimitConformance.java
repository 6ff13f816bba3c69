// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

interface LimitConformance extends Conformance {

    @Test
    default void theLatestUseOfEachUnitOutlivesTheHost() {
        LimitUse tokens = new LimitUse(openai("tokens"), Draft.T0, 1666.6666666666667, 12.5);
        LimitUse requests = new LimitUse(openai("requests"), Draft.T0.plusSeconds(1), 1, 1);
        LimitUse shut = new LimitUse(openai(LimitKey.ALL_UNITS), Draft.T0.plusSeconds(2), 0, 0);
        LimitUse later = new LimitUse(openai("tokens"), Draft.T0.plusSeconds(3), 0.5, 0);
        LimitKey submitted = new LimitKey(LimitKind.SUBMISSION, "role llm in total (submit.rate)", "jobs");
        LimitUse ofRole = new LimitUse(submitted, Draft.T0, 3, 0);
        assertThat(limits().uses()).isEmpty();

        done(limits().remember(List.of(tokens, requests)));
        limits().remember(List.of(shut, tokens));
        done(limits().remember(List.of(ofRole)));
        assertThat(limits().uses()).containsExactlyInAnyOrder(tokens, requests, shut, ofRole);
        done(limits().remember(List.of(later)));
        assertThat(limits().uses()).containsExactlyInAnyOrder(later, requests, shut, ofRole);

        under().restart();
        assertThat(limits().uses()).containsExactlyInAnyOrder(later, requests, shut, ofRole);
    }

    @Test
    default void theUseOfSomeLimitsIsReadByItself() {
        LimitKey ann = new LimitKey(LimitKind.ROLE, "ann", "usd");
        LimitUse ofAnn = new LimitUse(ann, Draft.T0, 1, 0.5, Draft.T0.plusSeconds(1));
        LimitUse ofLimit = new LimitUse(openai("usd"), Draft.T0, 2, 0);
        LimitUse otherUnit = new LimitUse(openai("tokens"), Draft.T0, 3, 0);
        done(limits().remember(List.of(ofAnn, ofLimit, otherUnit)));
        assertThat(limits().uses(List.of(ann, openai("usd"), openai("pages"))))
                .containsExactlyInAnyOrder(ofAnn, ofLimit);
        assertThat(limits().uses(List.of())).isEmpty();
    }

    @Test
    default void whatIsNotUsedIsForgotten() {
        LimitKey one = new LimitKey(LimitKind.LIMIT, "models=gpt-4o", "tokens");
        LimitKey other = new LimitKey(LimitKind.LIMIT, "models=gpt-4o", "requests");
        LimitUse stays = new LimitUse(other, Draft.T0, 1, 0);
        done(limits().remember(List.of(new LimitUse(one, Draft.T0, 1, 2), stays)));
        done(limits().remember(List.of(LimitUse.nothing(one), LimitUse.nothing(openai("never drawn")))));
        assertThat(limits().uses()).containsExactly(stays);
        done(limits().remember(List.of(new LimitUse(one, Draft.T0, 3, 0))));
        assertThat(limits().uses()).containsExactlyInAnyOrder(new LimitUse(one, Draft.T0, 3, 0), stays);
    }

    @Test
    default void untilWhenASoftLevelCountsAsToldOutlivesTheHostAndWhatIsUsed() {
        LimitKey usd = new LimitKey(LimitKind.LIMIT, "tenants=acme", "usd");
        LimitUse told = new LimitUse(usd, Draft.T0, 1, 0, Draft.T0);
        LimitUse unused = new LimitUse(usd, Instant.EPOCH, 0, 0, Draft.T0);
        LimitUse next = new LimitUse(usd, Draft.T0.plusSeconds(60), 1, 0, Draft.T0.plusSeconds(60));
        assertThat(limits().remember(List.of(new LimitUse(usd, Draft.T0, 1, 0))))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(true);
        done(limits().remember(List.of(told)));
        under().restart();
        assertThat(limits().uses()).containsExactly(told);
        done(limits().remember(List.of(unused)));
        assertThat(limits().uses()).containsExactly(unused);
        done(limits().remember(List.of(next)));
        assertThat(limits().uses()).containsExactly(next);
        done(limits().remember(List.of(LimitUse.nothing(usd))));
        assertThat(limits().uses()).isEmpty();
    }

    private static LimitKey openai(String unit) {
        return new LimitKey(LimitKind.LIMIT, "openai", unit);
    }

    @Test
    default void aPauseOutlivesTheHostUntilItIsEnded() {
        Pause one = new Pause(PauseTarget.queue("llm"), "alice", Draft.T0, "provider down", Draft.T0.plusSeconds(60));
        Pause two = new Pause(PauseTarget.queue("default"), "bob", Draft.T0, null, null);
        Pause type = new Pause(
                new PauseTarget(PauseTarget.TargetKind.TYPE, "llm"),
                "bob",
                Draft.T0,
                "too dear",
                Draft.T0.plusSeconds(9));
        Pause user =
                new Pause(new PauseTarget(PauseTarget.TargetKind.USER, "ü".repeat(200)), "bob", Draft.T0, null, null);
        Pause all = new Pause(PauseTarget.ALL, "bob", Draft.T0, null, null);
        Pause again = new Pause(PauseTarget.queue("llm"), "bob", Draft.T0.plusSeconds(1), null, null);
        done(limits().pause(one, entry("pause")));
        done(limits().pause(two, entry("pause")));
        assertThat(limits().pauses()).containsExactlyInAnyOrder(one, two);
        done(limits().pause(type, entry("pause")));
        done(limits().pause(all, entry("pause")));
        done(limits().pause(user, entry("pause")));

        limits().pause(again, entry("pause"));
        done(limits().resume(PauseTarget.queue("default"), entry("resume")));
        done(limits().resume(PauseTarget.queue("never paused"), entry("resume")));

        assertThat(audit().rows(jobs().incarnation(), 1, 10))
                .extracting(row -> row.entry().action())
                .containsExactly("pause", "pause", "pause", "pause", "pause", "pause", "resume", "resume");
        under().restart();
        assertThat(limits().pauses()).containsExactlyInAnyOrder(again, type, all, user);
    }

    @Test
    default void listenersHearOfAPauseBeforeItsCaller() {
        Pause pause = new Pause(PauseTarget.queue("llm"), "alice", Draft.T0, null, null);
        Recorder recorder = Recorder.on(under());
        assertThat(limits().pause(pause, entry("pause")).thenApply(done -> recorder.pauses()))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(List.of(pause));
        assertThat(Recorder.on(under()).snapshot().pauses()).containsExactly(pause);
        assertThat(limits().resume(PauseTarget.queue("llm"), entry("resume")).thenApply(done -> recorder.pauses()))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(List.of());
        assertThat(Recorder.on(under()).snapshot().pauses()).isEmpty();
    }

    @Test
    default void aLimitThatSomebodyMadeOutlivesTheHostAndIsChangedOnlyAsItIs() {
        LimitDefinition limit = definition(LimitKind.LIMIT, "openai", Map.of("running.max", "2", "key", "label.ä"));
        LimitDefinition queue = definition(LimitKind.QUEUE, "openai", Map.of("types", "a,b*"));
        LimitDefinition changed = limit.with(Map.of("rate.usd", "5/h burst 2"));
        Recorder recorder = Recorder.on(under());
        assertThat(defined(limit)).isTrue();
        assertThat(defined(queue)).isTrue();
        assertThat(defined(limit)).as("it already exists").isFalse();
        assertThat(defined(changed)).isTrue();
        assertThat(defined(limit.with(Map.of("running.max", "9"))))
                .as("it is another by now")
                .isFalse();
        assertThat(limits().definitions()).containsExactlyInAnyOrder(changed, queue);

        under().restart();
        assertThat(limits().definitions()).containsExactlyInAnyOrder(changed, queue);
        assertThat(Recorder.on(under()).snapshot().definitions()).containsExactlyInAnyOrder(changed, queue);
        assertThat(defined(changed.with(Map.of()))).isTrue();
        assertThat(defined(changed.with(Map.of()))).as("it is gone").isFalse();
        assertThat(limits().definitions()).containsExactly(queue);
        assertThat(defined(limit)).as("it may come again").isTrue();

        assertThat(recorder.defined()).containsExactly(limit, queue, changed);
        assertThat(audit().rows(jobs().incarnation(), 1, 10)).hasSize(2);
    }

    @Test
    default void theLongestDefinitionFits() {
        LimitDefinition longest = definition(LimitKind.QUEUE, "q".repeat(64), Map.of("types", "ü".repeat(3_990)));
        assertThat(defined(longest)).isTrue();
        assertThat(limits().definitions()).containsExactly(longest);
    }

    private boolean defined(LimitDefinition next) {
        return limits().define(next, entry("limit"))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static LimitDefinition definition(LimitKind kind, String name, Map<String, String> settings) {
        return new LimitDefinition(kind, name, 1, new TreeMap<>(settings));
    }

    private static AuditEntry entry(String action) {
        return new AuditEntry(Draft.T0, "user alice", action, "queue", "");
    }
}
