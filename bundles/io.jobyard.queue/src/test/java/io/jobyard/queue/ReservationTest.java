// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.Quota;
import io.jobyard.api.spi.Quotas.Share;
import io.jobyard.api.spi.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes free is kept for a job that would be next but for several places or amounts. */
class ReservationTest {

    private final Yard yard = new Yard();

    @Test
    void aJobOfTwoLimitsStartsAfterThoseThatHoldThemAndIsNotPassed() {
        yard.limit("a", "running.max", "2");
        yard.limit("b", "running.max", "2");
        List<JobId> holders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            holders.add(yard.submitLimited("bulk", 10, Map.of(), "a"));
            yard.submitLimited("bulk", 10, Map.of(), "b");
        }
        List<JobId> running = yard.start(9);
        assertThat(running).hasSize(4);
        JobId urgent = yard.submitLimited("ann", 1, Map.of(), "a", "b");
        JobId free = yard.submit("bulk", 10);

        assertThat(yard.start(9)).containsExactly(free);
        yard.move(running.get(0), JobStatus.COMPLETED); // of limit a
        assertThat(yard.start(9)).isEmpty();
        assertThat(yard.view(holders.get(19)).shutBy())
                .containsExactly(new Blocker(
                        "reserved",
                        "limit a: its next place, kept for job " + urgent + " of level 1, which waits for more",
                        null));
        yard.move(running.get(2), JobStatus.COMPLETED); // the second of limit a
        assertThat(yard.start(9)).hasSize(1).doesNotContain(urgent);
        yard.move(running.get(1), JobStatus.COMPLETED); // of limit b

        assertThat(yard.start(1)).containsExactly(urgent);
        assertThat(yard.start(9)).isEmpty();
    }

    @Test
    void aLargeEstimateIsNotPassedForEverBySmallOnes() {
        yard.limit("openai", "rate.tokens", "1000/s burst 1000");
        estimated(1, 1_000, 10);
        yard.start(9);
        JobId large = yard.submitLimited("ann", 1, Map.of("tokens", 900.0), "openai");
        JobId small = estimated(200, 5, 10);
        int passed = 0;
        for (int i = 0; i < 90; i++) {
            yard.clock.advance(Duration.ofMillis(10));
            List<JobId> started = yard.start(9);
            if (started.contains(large)) {
                break;
            }
            passed += started.size();
        }
        assertThat(yard.store.job(large).orElseThrow().job().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(passed).isZero();
        assertThat(yard.view(small).shutBy()).extracting(Blocker::gate).containsExactly("limit");
    }

    @Test
    void whatIsLeftBesideAReservedAmountGoesToOthers() {
        yard.limit("openai", "rate.tokens", "1000/s burst 1000");
        yard.limit("gpu", "running.max", "1");
        JobId holder = yard.submitLimited("bulk", 10, Map.of(), "gpu");
        yard.start(1);
        JobId large = yard.submitLimited("ann", 1, Map.of("tokens", 900.0), "openai", "gpu");
        estimated(1, 100, 10);
        JobId tooMuch = estimated(1, 101, 10);

        assertThat(yard.start(9)).hasSize(1);
        assertThat(yard.view(tooMuch).shutBy())
                .containsExactly(new Blocker(
                        "reserved",
                        "limit openai: tokens 900, kept for job " + large + " of level 1, which waits for more",
                        null));
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(1)).containsExactly(large);
    }

    @Test
    void noPlaceStandsEmptyForAnAmountThatComesBackInTime() {
        yard.limit("gpu", "running.max", "1");
        yard.limit("openai", "rate.tokens", "1/h burst 1");
        yard.submitLimited("ann", 1, Map.of("tokens", 1.0), "openai");
        yard.start(1);
        JobId waits = yard.submitLimited("ann", 1, Map.of("tokens", 1.0), "openai", "gpu");
        for (int i = 0; i < 3; i++) {
            JobId other = yard.submitLimited("bulk", 10, Map.of(), "gpu");
            assertThat(yard.start(9)).containsExactly(other);
            yard.move(other, JobStatus.COMPLETED);
        }
        JobId last = yard.submitLimited("bulk", 10, Map.of(), "gpu");
        yard.submitLimited("bulk", 10, Map.of(), "gpu");
        yard.start(1);
        yard.clock.advance(Duration.ofHours(1));
        yard.move(last, JobStatus.COMPLETED);
        assertThat(yard.start(9)).containsExactly(waits);
    }

    @Test
    void whatIsKeptIsFreeAgainWhenTheJobGoesOrChangesOrAnotherGateShuts() {
        yard.limit("a", "running.max", "1");
        yard.limit("b", "running.max", "1");
        JobId holder = yard.submitLimited("bulk", 10, Map.of(), "b");
        yard.start(1);
        JobId first = urgent("one");
        JobId other = yard.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(yard.start(9)).isEmpty();

        Gate gate = yard.shut(lane -> lane.type().equals("one"));
        assertThat(startsAndEnds(other)).isTrue();
        yard.gates.remove(gate);
        other = yard.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(startsAndEnds(other)).isFalse();
        yard.move(first, JobStatus.CANCELLED);
        assertThat(startsAndEnds(other)).isTrue();

        JobId second = urgent("two");
        other = yard.submitLimited("bulk", 9, Map.of(), "a");
        assertThat(startsAndEnds(other)).isFalse();
        yard.change(second, new JobChange().priority(10));
        assertThat(startsAndEnds(other)).isTrue();
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(9)).containsExactly(second);
    }

    @Test
    void oneOfABetterLevelTakesWhatIsKeptAndTwoThatNeedTheSameDoNotWaitForEachOther() {
        yard.limit("a", "running.max", "1");
        yard.limit("b", "running.max", "1");
        yard.limit("c", "running.max", "1");
        JobId holder = yard.submitLimited("bulk", 10, Map.of(), "b");
        yard.start(1);
        JobId middle = yard.submitLimited("ann", 5, Map.of(), "a", "b");
        JobId crossing = yard.submitLimited("bob", 5, Map.of(), "b", "c");
        yard.submitLimited("bulk", 10, Map.of(), "a");
        JobId ofC = yard.submitLimited("bulk", 10, Map.of(), "c");
        assertThat(yard.start(9)).containsExactly(ofC);

        JobId better = yard.submitLimited("eve", 1, Map.of(), "a");
        assertThat(yard.start(9)).containsExactly(better);
        yard.move(better, JobStatus.COMPLETED);
        assertThat(yard.start(9)).isEmpty();
        yard.move(ofC, JobStatus.COMPLETED);
        assertThat(yard.start(9)).isEmpty();
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(1)).containsExactly(middle);
        assertThat(yard.start(9)).isEmpty();
        yard.move(middle, JobStatus.COMPLETED);
        assertThat(yard.start(2)).contains(crossing);
    }

    @Test
    void whoNeedsNothingInCommonReservesBesideABacklog() {
        for (String limit : List.of("a", "b", "full")) {
            yard.limit(limit, "running.max", "1");
        }
        JobId holder = yard.submitLimited("bulk", 10, Map.of(), "b");
        yard.submitLimited("bulk", 10, Map.of(), "full");
        yard.start(2);
        for (String submitter : List.of("one", "two", "three")) {
            yard.submit(yard.job(submitter, 1, "of " + submitter, 0, null, List.of("full"), Map.of()));
        }
        JobId waits = yard.submitLimited("ann", 1, Map.of(), "a", "b");
        yard.submitLimited("bulk", 10, Map.of(), "a");
        assertThat(yard.start(9)).isEmpty();
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(9)).containsExactly(waits);
    }

    @Test
    void aRoleAndAQueueCountLikeLimits() {
        yard.queue("llm", "running.max", "1");
        yard.quotas(new Share("ann", new Quota(null, null, 1, null, Map.of()), Set.of("ann")));
        JobId own = yard.submit("ann", 1);
        yard.start(1);
        JobId urgent = yard.submitTo("llm", "ann", 1);
        yard.submitTo("llm", "bob", 10);
        assertThat(yard.start(9)).isEmpty();
        yard.move(own, JobStatus.COMPLETED);
        assertThat(yard.start(1)).containsExactly(urgent);
    }

    @Test
    void aBudgetThatIsUsedUpKeepsNothingFromOthers() {
        yard.queue("llm", "running.max", "1");
        yard.quotas(new Share(
                "ann", new Quota(null, null, null, null, Map.of("tokens", Rate.budget("500/d"))), Set.of("ann")));
        yard.submitLimited("ann", 1, Map.of("tokens", 500.0));
        yard.start(1);
        yard.submit(yard.job("ann", 1, "work", 0, "llm", List.of(), Map.of("tokens", 1.0)));
        JobId other = yard.submitTo("llm", "bob", 10);
        assertThat(yard.start(9)).containsExactly(other);
    }

    @Test
    void jobsOfTheSameLevelDoNotPassItEitherNorDoAgedOnes() {
        yard.limit("a", "running.max", "1");
        yard.limit("b", "running.max", "1");
        JobId holder = yard.submitLimited("bulk", 10, Map.of(), "b");
        JobId aged = yard.submitLimited("old", 10, Map.of(), "a", "never");
        yard.start(1);
        yard.clock.advance(Duration.ofHours(1));
        JobId waits = yard.submitLimited("ann", 5, Map.of(), "a", "b");
        assertThat(yard.start(9)).isEmpty();
        yard.change(aged, new JobChange().limits("a"));
        for (int i = 0; i < 30; i++) {
            yard.submitLimited("bob" + i % 2, 5, Map.of(), "a");
            yard.submit("ann", 5);
            yard.submit("bob", 5);
            assertThat(yard.start(9)).hasSize(2);
        }
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(1)).containsExactly(waits);
    }

    @Test
    void itIsKeptAlsoForAJobThatOnlyTheStoreHolds() {
        yard.limit("a", "running.max", "1");
        yard.limit("b", "running.max", "1");
        yard.limit("openai", "rate.tokens", "60/m burst 100");
        yard.submitLimited("bulk", 10, Map.of(), "b");
        yard.submitLimited("bulk", 10, Map.of("tokens", 50.0), "openai");
        yard.start(2);
        JobId places = yard.submitLimited("ann", 1, Map.of(), "a", "b");
        JobId amount = yard.submitLimited("ann", 1, Map.of("tokens", 90.0), "openai");
        yard.submitLimited("bulk", 10, Map.of(), "a");
        yard.submitLimited("bulk", 10, Map.of("tokens", 5.0), "openai");
        yard.store.levels(yard.lanes.takeLevels()).join();
        yard.open();
        JobId holder = yard.submit(yard.job("eve", 1, "holder", 0, null, List.of("b"), Map.of()));
        yard.clock.advance(Duration.ofSeconds(10));
        Gate gate = yard.shut(lane -> !lane.type().equals("holder"));
        assertThat(yard.start(9)).containsExactly(holder);
        yard.gates.remove(gate);

        assertThat(yard.start(9)).isEmpty();
        yard.clock.advance(Duration.ofSeconds(30));
        yard.move(holder, JobStatus.COMPLETED);
        assertThat(yard.start(2)).containsExactlyInAnyOrder(places, amount);
    }

    private JobId urgent(String type) {
        return yard.submit(yard.job("ann", 1, type, 0, null, List.of("a", "b"), Map.of()));
    }

    private boolean startsAndEnds(JobId job) {
        boolean starts = yard.start(9).contains(job);
        if (starts) {
            yard.move(job, JobStatus.COMPLETED);
        }
        return starts;
    }

    private JobId estimated(int count, double tokens, int level) {
        JobId last = null;
        for (int i = 0; i < count; i++) {
            last = yard.submitLimited("bulk", level, Map.of("tokens", tokens), "openai");
        }
        return last;
    }
}
