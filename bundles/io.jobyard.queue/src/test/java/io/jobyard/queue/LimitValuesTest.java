// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.spi.limits.LimitUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit that counts the values of its key apart; with few values, and with so many that they share a pool. */
class LimitValuesTest {

    private static final String KEY = "payload.model";

    private final LanesFixture fixture = new LanesFixture();

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void eachValueHasPlacesOfItsOwn(int values) {
        fixture.limit("models", "running.max", "2", "key", KEY);
        for (int n = 0; n < 3 * values; n++) {
            submit("models=m" + n % values);
        }
        List<JobId> running = fixture.start(9 * values);
        assertThat(running).hasSize(2 * values);
        assertThat(running.stream().map(this::limit).distinct()).hasSize(values);

        fixture.move(running.get(0), JobStatus.COMPLETED);
        assertThat(fixture.start(9)).extracting(this::limit).containsExactly(limit(running.get(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void eachValueHasABucketOfItsOwnThatOpensInTime(int values) {
        fixture.limit("models", "rate.requests", "1/m burst 1", "key", KEY);
        for (int n = 0; n < 2 * values; n++) {
            submit("models=m" + n % values);
        }
        assertThat(fixture.start(9 * values)).hasSize(values);
        fixture.clock.advance(Duration.ofMinutes(1).minusNanos(1_000));
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(Duration.ofNanos(1_000));
        assertThat(fixture.start(9 * values)).hasSize(values);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void whatWasDrawnOfAValueOutlivesTheHost(int values) {
        fixture.limit("models", "rate.requests", "1/m burst 1", "key", KEY);
        for (int n = 0; n < 2 * values; n++) {
            submit("models=m" + n % values);
        }
        fixture.start(9 * values);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        assertThat(fixture.store.uses())
                .extracting(use -> use.key().name())
                .hasSize(values)
                .contains("models=m0");

        fixture.open();
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.start(9 * values)).hasSize(values);
    }

    @Test
    void jobsWithoutAValueShareOneMore() {
        fixture.limit("models", "running.max", "1", "key", KEY);
        JobId first = submit("models");
        submit("models");
        JobId other = submit("models=m");
        assertThat(fixture.start(9)).containsExactlyInAnyOrder(first, other);
    }

    @Test
    void theLimitOfAHandlerCountsTheValueThatTheJobNames() {
        fixture.handlers.limits.put("work", Set.of("models"));
        fixture.limit("models", "running.max", "1", "key", KEY);
        JobId first = submit("models=m");
        submit("models=m");
        JobId other = submit("models=n");
        JobId without = fixture.submit("a", 5);
        fixture.submit("a", 5);
        assertThat(fixture.start(9)).containsExactlyInAnyOrder(first, other, without);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    void oneAtATimeStartsTheJobsOfAValueInTheirOrder(int values) {
        fixture.limit("models", "running.max", "1", "key", KEY);
        List<JobId> ofOne = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            ofOne.add(submit("models=m0"));
            IntStream.range(1, values).forEach(other -> submit("models=m" + other));
            fixture.clock.advance(Duration.ofMillis(1));
        }
        List<JobId> started = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            List<JobId> next = fixture.start(9 * values);
            started.addAll(next);
            next.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        }
        started.retainAll(ofOne);
        assertThat(started).isEqualTo(ofOne);
    }

    @Test
    void aJobThatWaitsIsPassedByTheNextOfItsValue() {
        Pair jobs = twoOfOneValue();
        assertThat(fixture.start(9)).containsExactly(jobs.first());
        fixture.move(jobs.first(), JobStatus.WAITING);
        assertThat(fixture.start(9)).containsExactly(jobs.second());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequeuedJobStartsBeforeTheNextOfItsValue(boolean isRestarted) {
        Pair jobs = twoOfOneValue();
        assertThat(fixture.start(9)).containsExactly(jobs.first());
        fixture.move(jobs.first(), JobStatus.QUEUED);
        if (isRestarted) {
            fixture.open();
        }
        assertThat(fixture.start(9)).containsExactly(jobs.first());
        fixture.move(jobs.first(), JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(jobs.second());
    }

    private record Pair(JobId first, JobId second) {}

    /** Submits two jobs of a value of which one runs at a time. */
    private Pair twoOfOneValue() {
        fixture.limit("models", "running.max", "1", "key", KEY);
        JobId first = submit("models=m");
        fixture.clock.advance(Duration.ofMillis(1));
        return new Pair(first, submit("models=m"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aKeyThatComesOrGoesCountsFromTheNextDecisionOn(int values) {
        fixture.limit("models", "running.max", "1");
        for (int n = 0; n < 3 * values; n++) {
            submit("models=m" + n % values);
        }
        JobId only = fixture.start(9).get(0);
        fixture.limit("models", "running.max", "1", "key", KEY);
        assertThat(fixture.start(9 * values)).hasSize(values);

        fixture.limit("models", "running.max", "2");
        assertThat(fixture.start(9 * values)).as("the first counts with all").hasSize(1);
        fixture.move(only, JobStatus.COMPLETED);
        assertThat(fixture.start(9 * values)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aRaisedLimitLetsTheJobsOfEachValueGoOn(int values) {
        fixture.limit("models", "running.max", "1", "key", KEY);
        for (int n = 0; n < 3 * values; n++) {
            submit("models=m" + n % values);
        }
        assertThat(fixture.start(9 * values)).hasSize(values);
        fixture.limit("models", "running.max", "3", "key", KEY);
        assertThat(fixture.start(9 * values)).hasSize(2 * values);
    }

    @Test
    void aRefusalOfTheOtherSideShutsTheValueAlone() {
        fixture.limit("models", "running.max", "9", "key", KEY);
        JobId refused = submit("models=m");
        submit("models=m");
        fixture.start(1);
        fixture.lanes.draws.rateLimited(refused, LanesFixture.START.plusSeconds(60));
        JobId other = submit("models=n");
        assertThat(fixture.start(9)).containsExactly(other);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aJobIsToldWhichValueHoldsIt(int values) {
        fixture.limit("models", "running.max", "1", "key", KEY);
        IntStream.range(0, values).forEach(n -> submit("models=m" + n));
        JobId last = submit("models=m" + (values - 1));
        fixture.start(9 * values);
        assertThat(fixture.view(last).shutBy())
                .containsExactly(new Blocker("limit", "models=m" + (values - 1) + ": 1 of running.max 1 run", null));
    }

    @Test
    void theBusiestValuesAreToldAndHowManyThereAre() {
        fixture.limit("models", "running.max", "1", "key", KEY);
        IntStream.range(0, 50)
                .forEach(
                        n -> Collections.nCopies(n == 7 ? 5 : 2, "models=m" + n).forEach(this::submit));
        fixture.start(100);
        LimitStatus status = fixture.lanes.limits.limits().get(0);
        assertThat(status.name()).isEqualTo("models");
        assertThat(status.values().key()).isEqualTo(KEY);
        assertThat(status.jobs().running()).isEqualTo(50);
        assertThat(status.jobs().queued()).isEqualTo(53);
        assertThat(status.values().count()).isEqualTo(50);
        assertThat(status.values().most()).hasSize(LimitStatus.MOST_VALUES);
        assertThat(status.values().most().get(0).name()).isEqualTo("models=m7");
        assertThat(status.values().most().get(0).jobs().queued()).isEqualTo(4);
        assertThat(status.values().most().get(0).shutBy()).hasSize(1);
    }

    @Test
    void aValueThatIsMadeGoodIsForgottenWhenOthersCome() {
        fixture.limit("models", "rate.requests", "1/m burst 1", "key", KEY);
        useOnce("models=m0");
        useOnce("models=m1");
        assertThat(names()).contains("models=m0", "models=m1");
        fixture.clock.advance(Duration.ofMinutes(1));
        useOnce("models=m2");
        useOnce("models=m3");
        assertThat(names()).containsExactlyInAnyOrder("models=m2", "models=m3");
        assertThat(fixture.lanes.limits.limits().get(0).values().count()).isEqualTo(2);
    }

    @Test
    void ofTooManyTheOneThatWasUsedLongestAgoIsForgotten() {
        fixture.limit("models", "rate.requests", "1/d burst 1", "key", KEY, "keys.max", "3");
        IntStream.range(0, 3).forEach(n -> useOnce("models=m" + n));
        submit("models=m0"); // in use again
        useOnce("models=m3");
        assertThat(names()).containsExactlyInAnyOrder("models=m0", "models=m2", "models=m3");
        assertThat(fixture.start(1)).as("what m0 has drawn is known").isEmpty();
        useOnce("models=m1");
    }

    @Test
    void anEstimateIsTakenFromItsValue() {
        fixture.limit("models", "rate.tokens", "60/m burst 100", "key", KEY);
        IntStream.range(0, 60).forEach(n -> fixture.submitLimited("a", 5, Map.of("tokens", 90.0), "models=m" + n));
        JobId second = fixture.submitLimited("a", 5, Map.of("tokens", 40.0), "models=m59");
        assertThat(fixture.start(99)).hasSize(60);
        fixture.clock.advance(Duration.ofSeconds(29));
        assertThat(fixture.start(99)).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.start(99)).containsExactly(second);
    }

    private void useOnce(String limit) {
        JobId id = submit(limit);
        assertThat(fixture.start(1)).containsExactly(id);
        fixture.move(id, JobStatus.COMPLETED);
    }

    /** As they are stored. */
    private List<String> names() {
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        return fixture.store.uses().stream()
                .map(LimitUse::key)
                .map(key -> key.name())
                .toList();
    }

    private JobId submit(String limit) {
        return fixture.submitLimited("a", 5, Map.of(), limit);
    }

    private String limit(JobId id) {
        return fixture.store
                .job(id)
                .orElseThrow()
                .job()
                .terms()
                .demand()
                .limits()
                .get(0);
    }
}
