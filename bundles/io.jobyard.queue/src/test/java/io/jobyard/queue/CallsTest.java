// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.queue.RunDraws.CallStart;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call of a run takes from the limits of its job before it is made, and settles after it. */
class CallsTest {

    private static final Map<String, Double> FIRST = Map.of("calls", 1.0, "requests", 1.0, "tokens", 100.0);
    private static final Map<String, Double> CALL = Map.of("requests", 1.0, "tokens", 100.0);

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void theFirstCallDrawsWhatTheStartHasTakenAndAFurtherOneIsRefusedUntilThereIsSomething() {
        fixture.limit("api", "rate.requests", "1/s burst 2");
        JobId id = started(FIRST);
        fixture.lanes.draws.begun(id);
        fixture.clock.advance(Duration.ofSeconds(9));
        assertThat(level("requests"))
                .as("taken, and not drawn at the first line")
                .isEqualTo(1);

        assertThat(begin(id, 1)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 2)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 3)).isEqualTo(CallStart.REFUSED);
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(begin(id, 3)).isEqualTo(CallStart.DRAWN);
    }

    @Test
    void whatACallHasNotUsedComesBackWhenItIsOver() {
        fixture.limit("api", "rate.tokens", "1/h burst 1000", "rate.requests", "1/h burst 10");
        JobId id = started(FIRST);
        begin(id, 1);
        begin(id, 2);
        assertThat(level("tokens")).isEqualTo(800);
        fixture.lanes.draws.used(id, "tokens", 30);
        assertThat(fixture.lanes.draws.endCall(id, 1, true)).isTrue();
        assertThat(level("tokens")).isEqualTo(870);
        assertThat(level("requests"))
                .as("nobody has told of requests: each call is one")
                .isEqualTo(8);
        fixture.lanes.draws.used(id, "tokens", 150);
        fixture.lanes.draws.endCall(id, 2, true);
        assertThat(level("tokens")).as("30 and 150 are used").isEqualTo(820);
        assertThat(fixture.lanes.draws.endCall(id, 2, true)).isFalse();
        fixture.move(id, JobStatus.COMPLETED);
        assertThat(level("tokens")).isEqualTo(820);
    }

    @Test
    void aRequestThatWasNotSentComesBack() {
        fixture.limit("api", "rate.requests", "1/h burst 10");
        JobId id = started(FIRST);
        begin(id, 1);
        fixture.lanes.draws.used(id, "requests", 0);
        fixture.lanes.draws.endCall(id, 1, true);
        assertThat(level("requests")).isEqualTo(10);
        fixture.lanes.draws.beginCall(id, 2, Demand.of(CALL));
        assertThat(level("requests")).isEqualTo(9);
        fixture.lanes.draws.endCall(id, 2, false);
        assertThat(level("requests")).as("a call that was not made").isEqualTo(10);
    }

    @Test
    void aRunThatMakesNoCallGivesBackAllThatItsStartHasTaken() {
        fixture.limit("api", "rate.tokens", "1/h burst 1000");
        JobId id = started(FIRST);
        fixture.lanes.draws.begun(id);
        assertThat(level("tokens")).isEqualTo(900);
        fixture.move(id, JobStatus.COMPLETED);
        assertThat(level("tokens")).isEqualTo(1000);
    }

    @Test
    void whatAnEstimateOfTheWholeJobLeavesIsForItsFurtherCalls() {
        fixture.limit("api", "rate.tokens", "1/h burst 1000");
        JobId id = started(Map.of("tokens", 1000.0));
        fixture.lanes.draws.begun(id);
        begin(id, 1);
        fixture.lanes.draws.used(id, "tokens", 40);
        fixture.lanes.draws.endCall(id, 1, true);
        assertThat(level("tokens"))
                .as("60 of the call came back, 900 are the run's")
                .isEqualTo(60);
        for (int call = 2; call <= 10; call++) {
            assertThat(begin(id, call)).isEqualTo(CallStart.DRAWN);
        }
        assertThat(begin(id, 11)).isEqualTo(CallStart.REFUSED);
    }

    @Test
    void aHostThatIsKilledLeavesDrawnWhatItsOpenCallsMayUseAndNoMore() {
        fixture.limit("api", "budget.tokens", "1000/d");
        JobId id = started(Map.of("calls", 3.0, "requests", 3.0, "tokens", 300.0));
        begin(id, 1);
        fixture.lanes.draws.used(id, "tokens", 10);
        fixture.lanes.draws.endCall(id, 1, true);
        begin(id, 2);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        assertThat(level("tokens")).isEqualTo(1000 - 10 - 100 - 100);

        fixture.open();
        fixture.move(id, JobStatus.QUEUED);
        assertThat(level("tokens"))
                .as("what the start had taken for a third call is back")
                .isEqualTo(1000 - 10 - 100);
    }

    @Test
    void aRunThatIsLostWhileTheLeaderLivesReturnsWhatItDidNotUse() {
        fixture.limit("api", "budget.tokens", "1000/d");
        JobId id = started(Map.of("calls", 2.0, "tokens", 200.0));
        fixture.lanes.draws.madeCall(id, 1, Demand.of(CALL));
        fixture.lanes.draws.used(id, "tokens", 10);
        fixture.lanes.draws.endCall(id, 1, true);
        fixture.lanes.draws.madeCall(id, 2, Demand.of(CALL));
        fixture.move(id, JobStatus.QUEUED);
        assertThat(level("tokens")).as("of the call that was open nobody knows").isEqualTo(1000 - 10 - 100);
    }

    @Test
    void aHostThatIsNotTheLeaderMakesTheCallsThatTheStartHasTakenForAndNoOther() {
        fixture.limit("api", "rate.requests", "1/s burst 100");
        JobId id = started(Map.of("calls", 2.0, "requests", 2.0));
        fixture.hosts.leader(false);
        assertThat(begin(id, 1)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 2)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 3)).isEqualTo(CallStart.REFUSED);
    }

    @Test
    void callsDrawOnTheBudgetsOfTheSubmitterToo() {
        Quota quota = new Quota(null, null, null, null, Map.of("tokens", Rate.budget("250/d")));
        fixture.quotas(new Quotas.QuotaShare("s", quota, Set.of("s")));
        JobId id = submit(FIRST);
        start(id);
        assertThat(begin(id, 1)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 2)).isEqualTo(CallStart.DRAWN);
        assertThat(begin(id, 3)).isEqualTo(CallStart.REFUSED);
        fixture.lanes.draws.used(id, "tokens", 0);
        fixture.lanes.draws.endCall(id, 1, true);
        assertThat(begin(id, 3)).isEqualTo(CallStart.DRAWN);
    }

    @Test
    void whileTheOtherSideTakesNoMoreNoCallIsMade() {
        fixture.limit("api", "rate.requests", "1/s burst 9");
        JobId id = started(FIRST);
        fixture.lanes.draws.rateLimited(id, fixture.clock.instant().plusSeconds(5));
        assertThat(begin(id, 1)).isEqualTo(CallStart.REFUSED);
        fixture.clock.advance(Duration.ofSeconds(5));
        assertThat(begin(id, 1)).isEqualTo(CallStart.DRAWN);
    }

    @Test
    void whereNothingCountsCallsTheyAreFree() {
        JobId id = submit(FIRST);
        start(id);
        assertThat(begin(id, 1)).isEqualTo(CallStart.FREE);
        assertThat(fixture.lanes.draws.endCall(id, 1, true)).isFalse();
    }

    @Test
    void oneStartTakesForAsManyCallsAsTheLimitsGiveAtOnce() {
        fixture.limit("api", "rate.tokens", "1/s burst 250", "rate.requests", "1/s burst 9");
        JobId id = started(FIRST);
        List<Demand> calls = List.of(Demand.of(CALL), Demand.of(CALL), Demand.of(CALL), Demand.of(CALL));
        assertThat(fixture.lanes.draws.together(id, calls)).isEqualTo(2);
        assertThat(fixture.lanes.draws.together(id, List.of(Demand.of(Map.of("tokens", 900.0)))))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inNoWindowAreMoreCallsMadeThanTheRateAndTheBurst(long seed) {
        new Calls(new Random(seed)).run();
    }

    /** Jobs of many calls, whose host is killed now and then. */
    private final class Calls {

        private static final int BURST = 5;
        private static final double PER_SECOND = 4;
        private final Random random;
        private final List<JobId> running = new ArrayList<>();
        private final List<Long> open = new ArrayList<>();
        private final List<JobId> callers = new ArrayList<>();
        private final List<Instant> made = new ArrayList<>();
        private long number;

        Calls(Random random) {
            this.random = random;
        }

        void run() {
            fixture.limit("api", "rate.requests", "4/s burst 5");
            for (int i = 0; i < 300; i++) {
                submit(Map.of("calls", 1.0 + i % 2, "requests", 1.0 + i % 2));
            }
            for (int i = 0; i < 3_000; i++) {
                fixture.clock.advance(Duration.ofMillis(random.nextInt(60)));
                step();
            }
            assertThat(made).hasSizeGreaterThan(200);
            for (int first = 0; first < made.size(); first++) {
                for (int last = first; last < Math.min(first + 60, made.size()); last++) {
                    double seconds =
                            Duration.between(made.get(first), made.get(last)).toNanos() / 1e9;
                    assertThat(last - first + 1.0).isLessThanOrEqualTo(BURST + PER_SECOND * seconds + 1e-6);
                }
            }
        }

        private void step() {
            switch (random.nextInt(running.size() < 5 ? 6 : 40)) {
                case 0, 1 -> take();
                case 2 -> end();
                case 3 -> {
                    if (random.nextInt(10) == 0) {
                        kill();
                    }
                }
                default -> call();
            }
        }

        private void take() {
            for (ClaimCandidate taken : fixture.take(1)) {
                JobId id = taken.position().id();
                store();
                fixture.move(id, JobStatus.RUNNING);
                fixture.lanes.draws.begun(id);
                running.add(id);
            }
        }

        private void call() {
            if (!open.isEmpty() && random.nextBoolean()) {
                int one = random.nextInt(open.size());
                fixture.lanes.draws.endCall(callers.remove(one), open.remove(one), true);
            } else if (!running.isEmpty()) {
                JobId id = running.get(random.nextInt(running.size()));
                if (fixture.lanes.draws.beginCall(id, ++number, Demand.of(Map.of())) == CallStart.DRAWN) {
                    store(); // before it is made
                    fixture.clock.advance(Duration.ofMillis(random.nextInt(10) == 0 ? 900 : 5)); // a slow commit
                    if (random.nextInt(20) == 0) {
                        made.add(fixture.clock.instant());
                        kill(); // at the moment of the call
                        return;
                    }
                    fixture.lanes.draws.makeCall(id, number);
                    made.add(fixture.clock.instant());
                    open.add(number);
                    callers.add(id);
                }
            }
        }

        private void end() {
            if (!running.isEmpty()) {
                JobId id = running.remove(random.nextInt(running.size()));
                fixture.move(id, JobStatus.QUEUED); // to make further calls
                for (int i = callers.size() - 1; i >= 0; i--) {
                    if (callers.get(i).equals(id)) {
                        callers.remove(i);
                        open.remove(i);
                    }
                }
            }
        }

        private void kill() {
            fixture.open();
            running.forEach(id -> fixture.move(id, JobStatus.QUEUED));
            running.clear();
            open.clear();
            callers.clear();
        }

        private void store() {
            fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        }
    }

    private JobId submit(Map<String, Double> estimate) {
        return fixture.submitLimited(
                "s", 5, estimate, fixture.catalog.limits().keySet().toArray(String[]::new));
    }

    private JobId started(Map<String, Double> estimate) {
        JobId id = submit(estimate);
        start(id);
        return id;
    }

    private void start(JobId id) {
        assertThat(fixture.take(1)).extracting(taken -> taken.position().id()).containsExactly(id);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.move(id, JobStatus.RUNNING);
    }

    private CallStart begin(JobId id, long number) {
        CallStart start = fixture.lanes.draws.beginCall(id, number, Demand.of(CALL));
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.lanes.draws.makeCall(id, number);
        return start;
    }

    private double level(String unit) {
        LimitStatus limit = fixture.lanes.limits.limits().get(0);
        return limit.rates().stream()
                .filter(rate -> rate.unit().equals(unit))
                .findFirst()
                .orElseThrow()
                .remaining();
    }
}
