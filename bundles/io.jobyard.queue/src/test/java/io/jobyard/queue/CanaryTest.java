// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.limits.LimitUse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that is tried, whose runs fail more often than those of the others: no job goes there any more. */
class CanaryTest {

    private static final Duration WINDOW = Duration.ofHours(1);
    static final CanaryRules RULES = new CanaryRules("[1.3.0,1.4.0)", 5, CanaryRules.By.SUBMITTER, 4, 10, WINDOW);

    private final LanesFixture fixture = new LanesFixture();

    @BeforeEach
    void configure() {
        rules(RULES);
        fixture.submit(200, "a", 5);
    }

    private void rules(CanaryRules canary) {
        fixture.handlers.rules.put("work", rulesOf(canary));
        fixture.views();
    }

    /** Those of a type that has a canary, and nothing else. */
    static TypeRules rulesOf(CanaryRules canary) {
        return new TypeRules(
                TypeRules.TypeDefaults.NONE,
                null,
                Backoff.USUAL,
                TypeRules.KeptDays.NONE,
                null,
                canary,
                HiddenFields.NONE,
                false);
    }

    private void run(String version, int completed, int failed) {
        for (int n = 0; n < completed + failed; n++) {
            JobId id = fixture.take(1).get(0).position().id();
            fixture.startOn(id, version);
            fixture.move(id, n < completed ? JobStatus.COMPLETED : JobStatus.FAILED);
        }
    }

    private boolean isRolledBack() {
        return fixture.lanes.canaries.isRolledBack("work");
    }

    private CanaryStatus status() {
        return fixture.lanes.canaries.statuses().toList().get(0);
    }

    @Test
    void itStepsBackOnceSoManyMoreOfItsRunsFail() {
        run("1.2.0", 9, 1);
        run("1.3.0", 2, 1);
        assertThat(isRolledBack()).as("three are too few").isFalse();
        run("1.3.1", 0, 1);

        assertThat(isRolledBack()).isTrue();
        assertThat(status())
                .isEqualTo(new CanaryStatus(
                        "work",
                        new CanaryStatus.CanaryShare("[1.3.0,1.4.0)", 5, "submitter"),
                        LanesFixture.START,
                        LanesFixture.START,
                        WINDOW,
                        new CanaryStatus.Runs(4, 2),
                        new CanaryStatus.Runs(10, 1)));
        assertThat(fixture.lanes.canaries.takeRollbacks()).containsExactly(status());
        assertThat(fixture.lanes.canaries.takeRollbacks()).as("told once").isEmpty();
        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::subject)
                .containsExactly("type work");
        assertThat(fixture.start(1)).as("others go on").hasSize(1);
    }

    @Test
    void asLongAsItIsWorseByNoMoreThanThatItStays() {
        run("1.2.0", 8, 2);
        run("1.3.0", 14, 6);
        assertThat(isRolledBack()).as("30 % beside 20 %").isFalse();
        run("1.3.0", 0, 1);
        assertThat(isRolledBack()).isTrue();
    }

    @Test
    void whereAllFailTheCanaryIsNotToBlame() {
        run("1.2.0", 0, 10);
        run("1.3.0", 0, 10);
        assertThat(isRolledBack()).isFalse();
    }

    @Test
    void failuresOfLongAgoDoNotCount() {
        run("1.3.0", 0, 3);
        fixture.clock.advance(WINDOW);
        run("1.3.0", 3, 0);
        run("1.3.0", 1, 0);
        assertThat(isRolledBack()).isFalse();
        assertThat(status().canary()).isEqualTo(new CanaryStatus.Runs(4, 0));
    }

    @Test
    void thatItRolledBackOutlivesTheHost() {
        run("1.3.0", 0, 4);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.handlers.rules.clear(); // whose configuration comes a moment later
        fixture.open();
        fixture.views();
        assertThat(isRolledBack()).isFalse();
        rules(RULES);
        assertThat(isRolledBack()).isTrue();
        assertThat(status().rolledBackAt()).isEqualTo(LanesFixture.START);
    }

    @Test
    void anotherConfigurationTriesAgainAndCountsAnew() {
        run("1.3.0", 0, 4);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        rules(new CanaryRules("[1.3.0,1.4.0)", 10, CanaryRules.By.SUBMITTER, 4, 10, WINDOW));
        assertThat(isRolledBack()).isFalse();
        assertThat(status().canary()).isEqualTo(new CanaryStatus.Runs(0, 0));
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        assertThat(fixture.store.uses()).isEmpty();
        assertThat(fixture.lanes.findings.findings()).isEmpty();
        run("1.3.0", 0, 4);
        assertThat(isRolledBack()).isTrue();
    }

    @Test
    void withoutRulesNothingIsCounted() {
        fixture.handlers.rules.clear();
        fixture.views();
        run("1.3.0", 0, 9);
        assertThat(isRolledBack()).isFalse();
        assertThat(fixture.lanes.canaries.statuses().toList()).isEmpty();
    }

    @Test
    void onlyTheLeaderJudgesAndAnotherHostGoesByWhatItStored() {
        fixture.hosts.leader(false);
        fixture.hosts.elsewhere = true;
        runElsewhere("1.3.0", 4);
        assertThat(status().canary()).isEqualTo(new CanaryStatus.Runs(4, 4));
        assertThat(isRolledBack()).as("it may have begun after the leader").isFalse();
        assertThat(fixture.lanes.canaries.takeRollbacks()).isEmpty();

        LimitUse stored = new LimitUse(
                Canary.key("work"), LanesFixture.START, RULES.toString().hashCode(), 0);
        fixture.store.remember(List.of(stored)).join();
        fixture.lanes.canaries.follow(fixture.store.uses());
        assertThat(isRolledBack()).isTrue();
        assertThat(fixture.lanes.canaries.keysElsewhere()).containsExactly(stored.key());
        assertThat(fixture.lanes.canaries.takeRollbacks())
                .as("the leader told it")
                .isEmpty();

        fixture.lanes.canaries.follow(List.of());
        assertThat(isRolledBack()).as("the leader tries it again").isFalse();
    }

    @Test
    void aHostThatIsElectedGoesByWhatIsStoredAndJudgesTheNextRun() {
        fixture.hosts.leader(false);
        fixture.hosts.elsewhere = true;
        runElsewhere("1.3.0", 4);
        LimitUse stored = new LimitUse(
                Canary.key("work"), LanesFixture.START, RULES.toString().hashCode(), 0);
        fixture.lanes.canaries.follow(List.of(stored));
        fixture.hosts.elsewhere = false;
        fixture.hosts.leader(true);
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), fixture.store.uses());
        assertThat(isRolledBack()).as("nothing is stored").isFalse();
        assertThat(fixture.lanes.canaries.keysElsewhere()).isEmpty();
        fixture.lanes.canaries.follow(List.of(stored));
        assertThat(isRolledBack()).as("read before it was elected").isFalse();

        run("1.3.0", 0, 1);
        assertThat(isRolledBack()).isTrue();
        assertThat(fixture.lanes.allowances.takeChanged()).containsExactly(stored);
    }

    /** They fail on a host that another one gave them to. */
    private void runElsewhere(String version, int failed) {
        for (int n = 0; n < failed; n++) {
            JobId id = fixture.submit("a", 5);
            fixture.startOn(id, version);
            fixture.move(id, JobStatus.FAILED);
        }
    }
}
