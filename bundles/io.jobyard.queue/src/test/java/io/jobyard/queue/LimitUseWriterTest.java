// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitEvent;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitUseWriterTest {

    private final LanesFixture fixture = new LanesFixture();
    private final List<Collection<LimitUse>> sent = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    private final List<LimitEvent> passed = new ArrayList<>();
    private final LimitUseWriter writer = new LimitUseWriter(fixture.lanes, unanswered(), passed::add);

    @Test
    void aStoreThatIsAwayIsSentOnlyTheLastOfWhatHandlersUse() {
        fixture.limit("openai", "rate.tokens", "60/m burst 1000");
        JobId job = fixture.submitLimited("a", 5, Map.of("tokens", 1.0), "openai");
        fixture.start(1);
        writer.store();
        for (int used = 2; used < 500; used++) {
            fixture.lanes.draws.used(job, "tokens", 1);
            writer.storeInTime();
        }
        assertThat(sent).hasSize(1);

        answers.get(0).complete(true);
        assertThat(sent).hasSize(2);
        answers.get(1).complete(true);
        writer.storeInTime();

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isNotEqualTo(sent.get(0));
    }

    @Test
    void whatAStartDrawsIsSentAtOnce() {
        fixture.limit("openai", "rate.requests", "60/m burst 10");
        for (int i = 0; i < 3; i++) {
            fixture.submitLimited("a", 5, Map.of(), "openai");
            fixture.start(1);
            writer.store();
        }
        assertThat(sent).hasSize(3);
    }

    @Test
    void aSoftLevelThatIsPassedIsToldOnceThatIsStored() {
        passSoftLevel();
        assertThat(passed).isEmpty();
        answers.get(0).complete(true);
        assertThat(passed).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("openai");
            assertThat(event.budget()).isEqualTo("10/d warn 80%");
            assertThat(event.used()).isEqualTo(8);
        });
    }

    @Test
    void aSoftLevelThatCouldNotBeStoredIsToldWithWhatIsStoredNext() {
        passSoftLevel();
        answers.get(0).completeExceptionally(new IllegalStateException("the disk is full"));
        assertThat(passed).isEmpty();
        writer.storeInTime();
        answers.get(1).complete(true);
        assertThat(passed).hasSize(1);
    }

    @Test
    void aHostThatIsNotTheLeaderAnyMoreTellsOfNoSoftLevel() {
        passSoftLevel();
        answers.get(0).complete(false);
        assertThat(passed).isEmpty();
    }

    @Test
    void thatACanaryRolledBackIsStoredLaterIfItCouldNotBe() {
        fixture.handlers.rules.put("work", CanaryTest.rulesOf(CanaryTest.RULES));
        fixture.views();
        for (int n = 0; n < 4; n++) {
            JobId id = fixture.submit("a", 5);
            fixture.startOn(id, "1.3.0");
            fixture.move(id, JobStatus.FAILED);
        }
        writer.store();
        answers.get(0).completeExceptionally(new IllegalStateException("the disk is full"));
        writer.storeInTime();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0)).extracting(LimitUse::key).containsExactly(Canary.key("work"));
    }

    private void passSoftLevel() {
        fixture.limit("openai", "budget.tokens", "10/d warn 80%");
        fixture.submitLimited("a", 5, Map.of("tokens", 8.0), "openai");
        fixture.start(1);
        writer.store();
    }

    @SuppressWarnings("unchecked")
    private LimitStore unanswered() {
        return Stub.<LimitStore>of(LimitStore.class)
                .on("remember", arguments -> {
                    sent.add((Collection<LimitUse>) arguments[0]);
                    answers.add(new CompletableFuture<>());
                    return answers.get(answers.size() - 1);
                })
                .get();
    }
}
