// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.Futures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change does to a job that has not started, and when it is refused. */
class ChangeTest {

    private static final Instant LATER = SchedulerFixture.START.plusSeconds(60);

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aQueuedJobChangesAndItsHistorySaysWhatFromAndWhatTo() {
        JobId id = scheduler.submit(SchedulerFixture.spec()
                .label("team", "red")
                .label("cost", "low")
                .limits("gpu"));

        Job job = scheduler
                .manager
                .as("ann")
                .change(
                        id,
                        new JobChange()
                                .priority(2)
                                .queue("bulk")
                                .label("team", "blue")
                                .label("cost", null)
                                .label("new", "yes")
                                .limits("openai", "gpu"));

        assertThat(job).isEqualTo(scheduler.job(id));
        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.terms().routing().priority()).isEqualTo(2);
        assertThat(job.terms().routing().queue()).isEqualTo("bulk");
        assertThat(job.terms().identity().labels()).isEqualTo(Map.of("team", "blue", "new", "yes"));
        assertThat(job.terms().demand().limits()).containsExactly("gpu", "openai");
        HistoryEvent event = scheduler.last(id);
        assertThat(event.who()).isEqualTo("ann, by administrator alice");
        assertThat(event.from()).isEqualTo(JobStatus.QUEUED);
        assertThat(event.to()).isEqualTo(JobStatus.QUEUED);
        assertThat(event.why())
                .isEqualTo("changed priority 5 → 2, queue none → bulk, limits gpu → gpu+openai,"
                        + " label cost low → none, label new none → yes, label team red → blue");
        scheduler.complete(id);
    }

    @Test
    void ofTwoWhoHaveReadTheSameAndChangeItAtTheSameMomentOneIsRefused() throws Exception {
        JobId id = scheduler.submit();
        Job read = scheduler.job(id);
        CyclicBarrier decided = new CyclicBarrier(2);
        AtomicInteger tries = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move") && tries.incrementAndGet() <= 2) {
                meet(decided); // both have looked at the job, and neither has changed it
            }
        };
        CompletableFuture<Object> first = change(id, read, 2);
        CompletableFuture<Object> second = change(id, read, 3);

        List<Object> outcomes = List.of(first.get(), second.get());
        assertThat(outcomes).filteredOn(Job.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(JobChangedException.class::isInstance)
                .singleElement()
                .asString()
                .endsWith("job " + id + " has changed since it was read; read it again, then decide");
        assertThat(outcomes).contains(scheduler.job(id));
        assertThat(tries).hasValue(2);
    }

    private CompletableFuture<Object> change(JobId id, Job read, int priority) {
        return CompletableFuture.<Object>supplyAsync(() -> scheduler.manager.change(
                        id, new JobChange().priority(priority).onlyIf(read)))
                .exceptionally(Futures::cause);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aQueuedJobThatIsPutOffWaitsForItsTime() {
        JobId id = scheduler.submit();

        Job job = scheduler.manager.change(id, new JobChange().notBefore(LATER));

        assertThat(job.status()).isEqualTo(JobStatus.WAITING);
        assertThat(job.state().reason()).isEqualTo(Reason.TIME);
        assertThat(scheduler.claim(1)).isEmpty();
        scheduler.tidy();
        scheduler.clock.set(LATER);
        scheduler.tidy();
        scheduler.complete(id);
    }

    @Test
    void aJobThatWaitsForItsTimeIsBroughtForward() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().notBefore(LATER.plusSeconds(60)).expires(LATER.plusSeconds(99)));

        assertThat(scheduler
                        .manager
                        .change(id, new JobChange().notBefore(LATER))
                        .status())
                .isEqualTo(JobStatus.WAITING);
        assertThat(scheduler.memory.nextDue()).contains(LATER);
        assertThat(scheduler.manager.change(id, new JobChange().notBefore(null)).status())
                .isEqualTo(JobStatus.QUEUED);

        assertThat(scheduler.stored(id).books().readyAt()).isEqualTo(SchedulerFixture.START);
        assertThat(scheduler.memory.nextDue()).contains(LATER.plusSeconds(99));
        scheduler.complete(id);
    }

    @Test
    void aJobThatWaitsForOthersStaysWaitingAndKeepsItsNewTerms() {
        JobId first = scheduler.submit();
        JobId second = scheduler.submit(SchedulerFixture.spec().dependsOn(first));

        Job job = scheduler.manager.change(
                second, new JobChange().notBefore(LATER).priority(1));
        assertThat(job.state().reason()).isEqualTo(Reason.DEPENDENCIES);
        scheduler.complete(first);
        scheduler.tidy();

        assertThat(scheduler.job(second).state().reason()).isEqualTo(Reason.TIME);
        scheduler.clock.set(LATER);
        scheduler.tidy();
        assertThat(scheduler.claim(second).stored().job().terms().routing().priority())
                .isEqualTo(1);
    }

    @Test
    void ofTheDelayOfARetryAndANewNotBeforeTheLaterCounts() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("broken", false, null));

        Job job = scheduler.manager.change(id, new JobChange().notBefore(LATER));
        assertThat(job.state().reason()).isEqualTo(Reason.RETRY);
        scheduler.clock.advance(Duration.ofSeconds(30));
        scheduler.tidy();

        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.TIME);
        assertThat(scheduler.job(id).state().run().attempt()).isEqualTo(1);
        scheduler.manager.change(id, new JobChange().notBefore(scheduler.clock.instant()));
        scheduler.complete(id);
    }

    @Test
    void theReasonOfAQueuedJobAndSinceWhenItIsQueuedStay() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.GivenBack("its handler left"));
        Job before = scheduler.job(id);
        scheduler.clock.advance(Duration.ofSeconds(5));

        Job job = scheduler.manager.change(id, new JobChange().priority(9));

        assertThat(job.state()).isEqualTo(before.state());
        assertThat(job.state().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(scheduler.last(id).at()).isEqualTo(scheduler.clock.instant());
    }

    @Test
    void aChangeToWhatIsSoAlreadyLeavesNoTrace() {
        JobId id = scheduler.submit(SchedulerFixture.spec().queue("bulk").priority(3));

        Job job = scheduler.manager.change(
                id, new JobChange().queue("bulk").priority(3).label("none", null));

        assertThat(job).isEqualTo(scheduler.job(id));
        assertThat(scheduler.memory.history(id)).hasSize(1);
    }

    @Test
    void aJobThatRunsOrIsOverIsAConflict() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        assertThatThrownBy(() -> scheduler.manager.change(id, new JobChange().priority(1)))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("job " + id + " is running: only a waiting or queued job can be changed");
        scheduler.finish(run, new Outcome.Completed("{}"));
        assertThatThrownBy(() -> scheduler.manager.change(id, new JobChange().priority(1)))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("is completed");
    }

    @Test
    void aStartThatComesFirstMakesItAConflict() {
        JobId id = scheduler.submit();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                scheduler.fault = (any, more) -> {};
                scheduler.claim(id);
            }
        };
        assertThatThrownBy(() -> scheduler.manager.change(id, new JobChange().priority(1)))
                .isInstanceOf(StateConflictException.class);
        assertThat(scheduler.job(id).terms().routing().priority()).isEqualTo(5);
    }

    @Test
    void aStartThatTheChangeForestalledDoesNotComeAbout() {
        JobId id = scheduler.submit();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("claim")) {
                scheduler.fault = (any, more) -> {};
                scheduler.manager.change(id, new JobChange().queue("paused"));
            }
        };

        assertThat(scheduler.claim(1)).isEmpty();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.job(id).state().run().number()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority", "queue", "label", "limit", "timeout", "expires", "nothing"})
    void valuesAreCheckedAsAtSubmit(String what) {
        JobId id = scheduler.submit(SchedulerFixture.spec().expires(LATER));
        JobChange change = switch (what) {
            case "priority" -> new JobChange().priority(11);
            case "queue" -> new JobChange().queue("a b");
            case "label" -> new JobChange().label("team", " ");
            case "limit" -> new JobChange().limits("a b");
            case "timeout" -> new JobChange().timeout(Duration.ofMillis(10));
            case "expires" -> new JobChange().notBefore(LATER);
            default -> new JobChange();
        };
        String message = switch (what) {
            case "priority" -> "priority 11 is out of range: use 1 (first) to 10 (last)";
            case "queue" -> "invalid queue 'a b': use 1 to 200 of the characters A-Z a-z 0-9 . _ -";
            case "label" -> "invalid value of label team ' ': use 1 to 200 printable characters";
            case "limit" -> "invalid limit 'a b': use 1 to 64 of the characters A-Z a-z 0-9 . _ -";
            case "timeout" -> "timeout 0.01 s is out of range: use 1 to 86400 seconds";
            case "expires" ->
                "invalid expires " + LATER + ": it is not after notBefore " + LATER + ", so the job could never start";
            default -> "nothing to change: set a priority, queue, label, notBefore, timeout or limits";
        };

        assertThatThrownBy(() -> scheduler.manager.change(id, change))
                .isInstanceOf(ValidationException.class)
                .hasMessage(message);
        assertThat(scheduler.memory.history(id)).hasSize(1);
    }
}
