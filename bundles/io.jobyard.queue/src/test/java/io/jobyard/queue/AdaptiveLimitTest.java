// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Reason;
import io.jobyard.queue.RunDraws.RefusalEffect;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A limit whose number of runs follows the answers of a provider. */
class AdaptiveLimitTest {

    private static final Duration FAST = Duration.ofSeconds(5);
    private static final Duration SLOW = Duration.ofSeconds(11);

    private final LanesFixture fixture = new LanesFixture();
    private final List<Runnable> delayed = new ArrayList<>();
    private final LimitUseWriter writer = new LimitUseWriter(fixture.lanes, fixture.store, passed -> {}, delayed::add);

    AdaptiveLimitTest() {
        adaptive("openai");
    }

    @Test
    void aLimitGrowsWhileItsRunsSucceedInTime() {
        submit(100);
        List<JobId> running = fixture.start(100);
        assertThat(running).hasSize(4);

        running.forEach(job -> end(job, JobStatus.COMPLETED, null, FAST));

        assertThat(level()).isEqualTo(5);
        assertThat(fixture.start(100)).hasSize(5);
    }

    @Test
    void aLimitThatIsHardlyUsedDoesNotGrow() {
        for (int n = 0; n < 50; n++) {
            submit(1);
            end(fixture.start(1).get(0), JobStatus.COMPLETED, null, FAST);
        }
        assertThat(level()).isEqualTo(4);
    }

    @Test
    void slowAnswersHalveALimitOnce() {
        stored(40);
        submit(40);
        List<JobId> running = fixture.start(100);
        assertThat(running).hasSize(40);

        running.subList(0, 20).forEach(job -> end(job, JobStatus.COMPLETED, null, SLOW));

        assertThat(level()).isEqualTo(20);
    }

    @Test
    void aSlowFailureHalvesALimitAndAFastOneChangesNothing() {
        stored(40);
        submit(3);
        List<JobId> running = fixture.start(3);

        end(running.get(0), JobStatus.FAILED, Reason.ERROR, FAST);
        end(running.get(1), JobStatus.WAITING, Reason.RETRY, FAST);
        assertThat(level()).isEqualTo(40);
        end(running.get(2), JobStatus.WAITING, Reason.RETRY, SLOW);
        assertThat(level()).isEqualTo(20);
    }

    @Test
    void refusalsOfOneSecondHalveALimitOnceAndAreMerged() {
        stored(40);
        submit(40);
        List<JobId> running = fixture.start(40);

        Instant until = LanesFixture.START.plusSeconds(3);
        assertThat(fixture.lanes.draws.rateLimited(running.get(0), until)).isEqualTo(RefusalEffect.APPLIED);
        for (JobId job : running.subList(1, 40)) {
            fixture.clock.advance(Duration.ofMillis(10));
            assertThat(fixture.lanes.draws.rateLimited(job, until)).isEqualTo(RefusalEffect.MERGED);
        }

        assertThat(level()).isEqualTo(20);
    }

    @Test
    void aTimeoutHalvesALimitAndShutsNothing() {
        stored(40);
        submit(2);
        JobId late = fixture.start(1).get(0);

        assertThat(fixture.lanes.draws.rateLimited(late, Instant.EPOCH)).isEqualTo(RefusalEffect.APPLIED);

        assertThat(level()).isEqualTo(20);
        assertThat(limit().shutBy()).isEmpty();
        assertThat(fixture.start(9)).hasSize(1);
    }

    @Test
    void aWaitingJobIsToldTheLevel() {
        submit(6);
        fixture.start(9);
        JobId waiting = submit(1).get(0);

        assertThat(fixture.view(waiting).shutBy())
                .extracting(Blocker::detail)
                .containsExactly("openai: 4 of adaptive 4 run");
    }

    @Test
    void aJobMayTakeTheSlotsThatTheLimitAlwaysHas() {
        fixture.submitLimited("a", 5, Map.of("slots.openai", 5.0), "openai");
        JobId fits = fixture.submitLimited("a", 5, Map.of("slots.openai", 4.0), "openai");

        assertThat(fixture.start(9)).containsExactly(fits);

        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::problem)
                .containsExactly("a ready job takes 5 slots, but the least of adaptive is 4: it can never start");
    }

    @Test
    void theLevelIsStoredOnceASecond() {
        stored(40);
        submit(90);
        List<JobId> running = fixture.start(40);
        running.forEach(job -> {
            end(job, JobStatus.COMPLETED, null, FAST);
            writer.storeInTime();
        });
        fixture.start(1).forEach(job -> fixture.lanes.draws.rateLimited(job, Instant.EPOCH));
        writer.storeInTime();
        assertThat(delayed).hasSize(1);
        assertThat(storedLevel()).isEqualTo(40);

        delayed.remove(0).run();

        assertThat(storedLevel()).isEqualTo(level()).isEqualTo(20);
        writer.storeInTime();
        assertThat(delayed).isEmpty();
    }

    @Test
    void aNewLeaderBeginsWithTheStoredLevel() {
        stored(40);
        submit(9);
        fixture.start(1).forEach(job -> fixture.lanes.draws.rateLimited(job, Instant.EPOCH));
        writer.storeInTime();
        delayed.remove(0).run();

        fixture.open();
        assertThat(level()).isEqualTo(20);

        fixture.store.remember(List.of(level(33))).join();
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), fixture.store.uses());
        fixture.open();
        assertThat(level()).isEqualTo(33);
    }

    @Test
    void aHostThatDoesNotLeadStoresNoLevel() {
        stored(40);
        submit(1);
        List<JobId> running = fixture.start(1);
        fixture.hosts.leader(false);

        running.forEach(job -> fixture.lanes.draws.rateLimited(job, Instant.EPOCH));
        writer.storeInTime();

        assertThat(level()).isEqualTo(20);
        assertThat(delayed).isEmpty();
        assertThat(storedLevel()).isEqualTo(40);
    }

    @Test
    void eachValueHasItsOwnLevel() {
        fixture.limit("models", "adaptive", "2..20", "key", "payload.model");
        for (int n = 0; n < 9; n++) {
            fixture.submitLimited("a", 5, Map.of(), "models=small");
            fixture.submitLimited("a", 5, Map.of(), "models=large");
        }
        List<JobId> running = fixture.start(99);
        assertThat(running).hasSize(4);
        running.stream()
                .filter(job -> fixture.store
                        .job(job)
                        .orElseThrow()
                        .job()
                        .terms()
                        .demand()
                        .limits()
                        .contains("models=small"))
                .forEach(job -> end(job, JobStatus.COMPLETED, null, FAST));

        assertThat(fixture.lanes.limits.limits().stream()
                        .filter(limit -> limit.name().equals("models"))
                        .flatMap(limit -> limit.values().most().stream()))
                .extracting(value -> value.name() + " " + value.runningMax() + " " + value.adaptive())
                .containsExactlyInAnyOrder("models=small 3 2..20", "models=large 2 2..20");
    }

    @Test
    void aFixedNumberReplacesTheLevel() {
        stored(40);
        fixture.limit("openai", "running.max", "3");
        submit(9);
        assertThat(fixture.start(9)).hasSize(3);
        assertThat(limit().adaptive()).isNull();
        adaptive("openai");
        assertThat(level()).isEqualTo(40);
    }

    private void adaptive(String name) {
        fixture.limit(name, "adaptive", "4..100", "adaptive.latency.seconds", "10");
    }

    private LimitStatus limit() {
        return fixture.lanes.limits.limits().stream()
                .filter(limit -> limit.name().equals("openai"))
                .findFirst()
                .orElseThrow();
    }

    private int level() {
        return limit().runningMax();
    }

    private List<JobId> submit(int count) {
        List<JobId> jobs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            jobs.add(fixture.submitLimited("a", 5, Map.of(), "openai"));
        }
        return jobs;
    }

    private static LimitUse level(int level) {
        LimitKey key = new LimitKey(LimitKind.LIMIT, "openai", LimitKey.LEVEL);
        return new LimitUse(key, Instant.EPOCH, level, 0);
    }

    /** Sets the level, as after a start of the host. */
    private void stored(int level) {
        fixture.store.remember(List.of(level(level))).join();
        fixture.lanes.follower.restore(fixture.store.uses());
        assertThat(level()).isEqualTo(level);
    }

    private int storedLevel() {
        return fixture.store.uses().stream()
                .filter(use -> use.key().unit().equals(LimitKey.LEVEL))
                .mapToInt(use -> (int) use.perSecond())
                .findFirst()
                .orElse(0);
    }

    private void end(JobId id, JobStatus to, Reason reason, Duration took) {
        StoredJob job = fixture.store.job(id).orElseThrow();
        SchedulingState books = job.books();
        SchedulingState after =
                new SchedulingState(books.version() + 1, 0, books.losses(), false, null, books.readyAt(), null);
        Instant now = fixture.clock.instant();
        JobState.RunState run = new JobState.RunState(1, 1, now.minus(took), "here", null, null);
        JobState state = new JobState(to, reason, now, null, null, run);
        fixture.store
                .move(new Move(job, state, after, null, null, EdgeChange.NONE))
                .join();
    }
}
