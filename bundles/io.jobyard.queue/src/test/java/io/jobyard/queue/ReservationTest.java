// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas.QuotaShare;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.queue.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes free is kept for a job that would be next but for several slots or amounts. */
class ReservationTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aJobOfTwoLimitsStartsAfterThoseThatHoldThemAndIsNotPassed() {
        fixture.limit("a", "running.max", "2");
        fixture.limit("b", "running.max", "2");
        List<JobId> holders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            holders.add(fixture.submitLimited("bulk", 10, Map.of(), "a"));
            fixture.submitLimited("bulk", 10, Map.of(), "b");
        }
        List<JobId> running = fixture.start(9);
        assertThat(running).hasSize(4);
        JobId urgent = fixture.submitLimited("ann", 1, Map.of(), "a", "b");
        JobId free = fixture.submit("bulk", 10);

        assertThat(fixture.start(9)).containsExactly(free);
        fixture.move(running.get(0), JobStatus.COMPLETED); // of limit a
        assertThat(fixture.start(9)).isEmpty();
        assertThat(fixture.view(holders.get(19)).shutBy())
                .containsExactly(
                        new Blocker(
                                "limit",
                                "a: 1 of running.max 2 run, and with the jobs before it the job needs 18",
                                null),
                        new Blocker(
                                "reserved",
                                "limit a: its next slot, reserved for job " + urgent
                                        + " of priority 1, which waits for more",
                                null));
        fixture.move(running.get(2), JobStatus.COMPLETED); // the second of limit a
        assertThat(fixture.start(9)).hasSize(1).doesNotContain(urgent);
        fixture.move(running.get(1), JobStatus.COMPLETED); // of limit b

        assertThat(fixture.start(1)).containsExactly(urgent);
        assertThat(fixture.start(9)).isEmpty();
    }

    @Test
    void aLargeEstimateIsNotPassedForEverBySmallOnes() {
        fixture.limit("openai", "rate.tokens", "1000/s burst 1000");
        estimated(1, 1_000, 10);
        fixture.start(9);
        JobId large = fixture.submitLimited("ann", 1, Map.of("tokens", 900.0), "openai");
        JobId small = estimated(200, 5, 10);
        int passed = 0;
        for (int i = 0; i < 90; i++) {
            fixture.clock.advance(Duration.ofMillis(10));
            List<JobId> started = fixture.start(9);
            if (started.contains(large)) {
                break;
            }
            passed += started.size();
        }
        assertThat(fixture.store.job(large).orElseThrow().job().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(passed).isZero();
        assertThat(fixture.view(small).shutBy()).extracting(Blocker::gate).containsExactly("limit");
    }

    @Test
    void whatIsLeftBesideAReservedAmountGoesToOthers() {
        fixture.limit("openai", "rate.tokens", "1000/s burst 1000");
        fixture.limit("gpu", "running.max", "1");
        JobId holder = fixture.submitLimited("bulk", 10, Map.of(), "gpu");
        fixture.start(1);
        JobId large = fixture.submitLimited("ann", 1, Map.of("tokens", 900.0), "openai", "gpu");
        estimated(1, 100, 10);
        JobId tooMuch = estimated(1, 101, 10);

        assertThat(fixture.start(9)).hasSize(1);
        assertThat(fixture.view(tooMuch).shutBy())
                .containsExactly(new Blocker(
                        "reserved",
                        "limit openai: tokens 900, reserved for job " + large + " of priority 1, which waits for more",
                        null));
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).containsExactly(large);
    }

    @Test
    void noPlaceStandsEmptyForAnAmountThatComesBackInTime() {
        fixture.limit("gpu", "running.max", "1");
        fixture.limit("openai", "rate.tokens", "1/h burst 1");
        fixture.submitLimited("ann", 1, Map.of("tokens", 1.0), "openai");
        fixture.start(1);
        JobId waits = fixture.submitLimited("ann", 1, Map.of("tokens", 1.0), "openai", "gpu");
        for (int i = 0; i < 3; i++) {
            JobId other = fixture.submitLimited("bulk", 10, Map.of(), "gpu");
            assertThat(fixture.start(9)).containsExactly(other);
            fixture.move(other, JobStatus.COMPLETED);
        }
        JobId last = fixture.submitLimited("bulk", 10, Map.of(), "gpu");
        fixture.submitLimited("bulk", 10, Map.of(), "gpu");
        fixture.start(1);
        fixture.clock.advance(Duration.ofHours(1));
        fixture.move(last, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(waits);
    }

    @Test
    void whatIsKeptIsFreeAgainWhenTheJobGoesOrChangesOrAnotherGateShuts() {
        fixture.limit("a", "running.max", "1");
        fixture.limit("b", "running.max", "1");
        JobId holder = fixture.submitLimited("bulk", 10, Map.of(), "b");
        fixture.start(1);
        JobId first = urgent("one");
        JobId other = fixture.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(fixture.start(9)).isEmpty();

        Gate gate = fixture.shut(lane -> lane.type().equals("one"));
        assertThat(startsAndEnds(other)).isTrue();
        fixture.gates.remove(gate);
        other = fixture.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(startsAndEnds(other)).isFalse();
        fixture.move(first, JobStatus.CANCELLED);
        assertThat(startsAndEnds(other)).isTrue();

        JobId second = urgent("two");
        other = fixture.submitLimited("bulk", 9, Map.of(), "a");
        assertThat(startsAndEnds(other)).isFalse();
        fixture.change(second, new JobChange().priority(10));
        assertThat(startsAndEnds(other)).isTrue();
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @Test
    void oneOfABetterLevelTakesWhatIsKeptAndTwoThatNeedTheSameDoNotWaitForEachOther() {
        fixture.limit("a", "running.max", "1");
        fixture.limit("b", "running.max", "1");
        fixture.limit("c", "running.max", "1");
        JobId holder = fixture.submitLimited("bulk", 10, Map.of(), "b");
        fixture.start(1);
        JobId middle = fixture.submitLimited("ann", 5, Map.of(), "a", "b");
        JobId crossing = fixture.submitLimited("bob", 5, Map.of(), "b", "c");
        fixture.submitLimited("bulk", 10, Map.of(), "a");
        JobId ofC = fixture.submitLimited("bulk", 10, Map.of(), "c");
        assertThat(fixture.start(9)).containsExactly(ofC);

        JobId better = fixture.submitLimited("eve", 1, Map.of(), "a");
        assertThat(fixture.start(9)).containsExactly(better);
        fixture.move(better, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(ofC, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).containsExactly(middle);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(middle, JobStatus.COMPLETED);
        assertThat(fixture.start(2)).contains(crossing);
    }

    @Test
    void whoNeedsNothingInCommonReservesBesideABacklog() {
        for (String limit : List.of("a", "b", "full")) {
            fixture.limit(limit, "running.max", "1");
        }
        JobId holder = fixture.submitLimited("bulk", 10, Map.of(), "b");
        fixture.submitLimited("bulk", 10, Map.of(), "full");
        fixture.start(2);
        for (String submitter : List.of("one", "two", "three")) {
            fixture.submit(fixture.job(submitter, 1, "of " + submitter, 0, null, List.of("full"), Map.of()));
        }
        JobId waits = fixture.submitLimited("ann", 1, Map.of(), "a", "b");
        fixture.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(waits);
    }

    @Test
    void aRoleAndAQueueCountLikeLimits() {
        fixture.queue("llm", "running.max", "1");
        fixture.quotas(new QuotaShare("ann", new Quota(null, null, 1, null, Map.of()), Set.of("ann")));
        JobId own = fixture.submit("ann", 1);
        fixture.start(1);
        JobId urgent = fixture.submitTo("llm", "ann", 1);
        fixture.submitTo("llm", "bob", 10);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(own, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).containsExactly(urgent);
    }

    @Test
    void aBudgetThatIsUsedUpKeepsNothingFromOthers() {
        fixture.queue("llm", "running.max", "1");
        fixture.quotas(new QuotaShare(
                "ann", new Quota(null, null, null, null, Map.of("tokens", Rate.budget("500/d"))), Set.of("ann")));
        fixture.submitLimited("ann", 1, Map.of("tokens", 500.0));
        fixture.start(1);
        fixture.submit(fixture.job("ann", 1, "work", 0, "llm", List.of(), Map.of("tokens", 1.0)));
        JobId other = fixture.submitTo("llm", "bob", 10);
        assertThat(fixture.start(9)).containsExactly(other);
    }

    @Test
    void jobsOfTheSameLevelDoNotPassItEitherNorDoAgedOnes() {
        fixture.limit("a", "running.max", "1");
        fixture.limit("b", "running.max", "1");
        JobId holder = fixture.submitLimited("bulk", 10, Map.of(), "b");
        JobId aged = fixture.submitLimited("old", 10, Map.of(), "a", "never");
        fixture.start(1);
        fixture.clock.advance(Duration.ofHours(1));
        JobId waits = fixture.submitLimited("ann", 5, Map.of(), "a", "b");
        assertThat(fixture.start(9)).isEmpty();
        fixture.change(aged, new JobChange().limits("a"));
        for (int i = 0; i < 30; i++) {
            fixture.submitLimited("bob" + i % 2, 5, Map.of(), "a");
            fixture.submit("ann", 5);
            fixture.submit("bob", 5);
            assertThat(fixture.start(9)).hasSize(2);
        }
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(1)).containsExactly(waits);
    }

    @Test
    void itIsKeptAlsoForAJobThatOnlyTheStoreHolds() {
        fixture.limit("a", "running.max", "1");
        fixture.limit("b", "running.max", "1");
        fixture.limit("openai", "rate.tokens", "60/m burst 100");
        fixture.submitLimited("bulk", 10, Map.of(), "b");
        fixture.submitLimited("bulk", 10, Map.of("tokens", 50.0), "openai");
        List<JobId> before = fixture.start(2);
        JobId positions = fixture.submitLimited("ann", 1, Map.of(), "a", "b");
        JobId amount = fixture.submitLimited("ann", 1, Map.of("tokens", 90.0), "openai");
        fixture.submitLimited("bulk", 10, Map.of(), "a");
        fixture.submitLimited("bulk", 10, Map.of("tokens", 5.0), "openai");
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        before.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        fixture.open();
        JobId holder = fixture.submit(fixture.job("eve", 1, "holder", 0, null, List.of("b"), Map.of()));
        fixture.clock.advance(Duration.ofSeconds(10));
        Gate gate = fixture.shut(lane -> !lane.type().equals("holder"));
        assertThat(fixture.start(9)).containsExactly(holder);
        fixture.gates.remove(gate);

        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(30));
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(2)).containsExactlyInAnyOrder(positions, amount);
    }

    private JobId urgent(String type) {
        return fixture.submit(fixture.job("ann", 1, type, 0, null, List.of("a", "b"), Map.of()));
    }

    private boolean startsAndEnds(JobId job) {
        boolean starts = fixture.start(9).contains(job);
        if (starts) {
            fixture.move(job, JobStatus.COMPLETED);
        }
        return starts;
    }

    private JobId estimated(int count, double tokens, int level) {
        JobId last = null;
        for (int i = 0; i < count; i++) {
            last = fixture.submitLimited("bulk", level, Map.of("tokens", tokens), "openai");
        }
        return last;
    }
}
