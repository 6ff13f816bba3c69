// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a job says of limits, and what people do to queues. */
class QueuesAndLimitsTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aJobKeepsItsLimitsInOrderAndItsEstimate() {
        JobId id = scheduler.submit(SchedulerFixture.spec()
                .limits("openai", "gpu", "gpu")
                .estimate("tokens", 812.5)
                .estimate("usd", 0));
        JobTerms terms = scheduler.job(id).terms();
        assertThat(terms.demand().limits()).containsExactly("gpu", "openai");
        assertThat(terms.demand().estimate()).isEqualTo(Map.of("tokens", 812.5, "usd", 0.0));
    }

    @Test
    void whatIsNoLimitOrNoAmountIsRefused() {
        refused(job -> job.limits("a b"), "invalid limit 'a b': use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
        refused(job -> job.limits(""), "invalid limit ''");
        refused(job -> job.limits("a,b"), "invalid limit 'a,b'");
        refused(
                job -> job.limits(IntStream.range(0, 11).mapToObj(n -> "l" + n).toArray(String[]::new)),
                "11 limits are too many: use at most 10");
        refused(job -> job.estimate("to kens", 1), "invalid unit 'to kens' of the estimate");
        refused(job -> job.estimate("tokens=", 1), "invalid unit 'tokens=' of the estimate");
        refused(job -> job.estimate("tokens", -1), "estimate tokens = -1.0 is out of range");
        refused(job -> job.estimate("tokens", Double.NaN), "estimate tokens = NaN is out of range");
        refused(job -> job.estimate("tokens", Double.POSITIVE_INFINITY), "estimate tokens = Infinity is out of range");
    }

    @Test
    void aJobThatTakesPlacesOfALimitDrawsOnIt() {
        JobId id = scheduler.submit(
                SchedulerFixture.spec().limits("openai").slots("gpu", 2).slots("n".repeat(64), 100_000));
        JobTerms terms = scheduler.job(id).terms();
        assertThat(terms.demand().limits()).containsExactlyInAnyOrder("gpu", "n".repeat(64), "openai");
        assertThat(terms.demand().estimate()).containsEntry("slots.gpu", 2.0);
    }

    @Test
    void morePlacesThanALimitHasAreRefused() {
        scheduler.queue.runningMax.put("gpu", 4);
        refused(
                job -> job.slots("gpu", 5),
                "5 slots of limit gpu are more than the 4 that the limit always has, so the job could never start;"
                        + " take at most 4, or"
                        + " ask an administrator to raise running.max or the lower bound of adaptive");
        refused(job -> job.slots("gpu", 0), "estimate slots.gpu = 0 is out of range: a job takes 1 to 100000 whole");
        refused(job -> job.estimate("slots.gpu", 1.5), "estimate slots.gpu = 1.5 is out of range");
        refused(job -> job.slots("g pu", 2), "invalid limit 'g pu'");
        refused(job -> job.slots("", 2), "invalid limit ''");
        scheduler.submit(SchedulerFixture.spec().slots("gpu", 4));
    }

    @Test
    void anEstimateThatALimitCanNeverGiveIsRefusedAlsoIfTheLimitComesLater() {
        scheduler.queue.tooSmall.put("openai", "tokens = 501 exceeds the whole budget of limit openai, which is 500/d");
        String refusal =
                "estimate tokens = 501 exceeds the whole budget of limit openai, which is 500/d, so the job could"
                        + " never start; estimate less, or ask an administrator to raise the limit";
        refused(job -> job.limits("openai").estimate("tokens", 501), refusal);
        JobId id = scheduler.submit(SchedulerFixture.spec().estimate("tokens", 501));
        assertThatThrownBy(() -> scheduler.manager.change(id, new JobChange().limits("openai")))
                .isInstanceOf(ValidationException.class)
                .hasMessage(refusal);
    }

    @Test
    void aJobThatIsTakenToFailFailsForGood() {
        JobId id = scheduler.submit();
        scheduler.queue.faults.put(id, "estimate tokens = 5 exceeds the whole budget of limit a, which is 4/d");
        assertThat(scheduler.claim(1)).isEmpty();
        assertThat(scheduler.job(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().error())
                .isEqualTo("estimate tokens = 5 exceeds the whole budget of limit a, which is 4/d: raise it and"
                        + " retry the job, or submit one that needs less");
    }

    @Test
    void anEstimateAboveAWholeBudgetIsRefusedAndOneOfAllOfItIsNot() {
        Quota quota = new Quota(null, null, null, null, Map.of("tokens", Rate.budget("500/d")));
        scheduler.access.quotas(new Quotas(Map.of(
                "alice", List.of(new Quotas.QuotaShare("role llm in total (budget.tokens)", quota, Set.of("alice"))))));
        refused(
                job -> job.estimate("tokens", 500.5),
                "estimate tokens = 500.5 exceeds the whole budget of role llm in total (budget.tokens), which is"
                        + " 500/d, so the job could never start; estimate at most 500, or ask an administrator to raise the budget");
        scheduler.submit(SchedulerFixture.spec().estimate("tokens", 500).estimate("usd", 900));
    }

    @Test
    void aHandlerThatMeetsALimitShutsItUntilItsJobComesBack() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.RateLimited(Duration.ofSeconds(30), "429"));

        assertThat(scheduler.queue.rateLimited).isEqualTo(Map.of(id, SchedulerFixture.START.plusSeconds(30)));
        assertThat(scheduler.stored(id).books().dueAt()).isEqualTo(SchedulerFixture.START.plusSeconds(30));
        assertThat(scheduler.job(id).state().run().attempt()).isZero();
    }

    @Test
    void aRunThatTimesOutIsReportedToItsLimits() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.TimedOut(Duration.ofSeconds(60)));
        scheduler.finish(scheduler.claim(scheduler.submit()), new Outcome.Failed("boom", false, null));

        assertThat(scheduler.queue.overloaded).containsExactly(id);
        assertThat(scheduler.queue.rateLimited).isEmpty();
    }

    @Test
    void aPauseNamesWhoAskedForIt() {
        Instant until = SchedulerFixture.START.plusSeconds(60);
        scheduler.manager.pause(PauseTarget.queue("llm"), "provider down", until);
        assertThat(scheduler.queue.pauses)
                .containsExactly(
                        new Pause(PauseTarget.queue("llm"), "alice", SchedulerFixture.START, "provider down", until));

        scheduler.manager.resume(PauseTarget.queue("llm"));
        assertThat(scheduler.queue.pauses).isEmpty();
    }

    @Test
    void aPauseCanBeEndedRightAfterAStart() {
        scheduler.manager.pause(PauseTarget.queue("llm"), "provider down", null);
        SchedulerFixture next = scheduler.restart();
        next.queue.pauses.clear(); // as if it had not heard of the pause yet

        next.manager.resume(PauseTarget.queue("llm"));

        assertThat(next.memory.pauses()).isEmpty();
    }

    @Test
    void aPauseWhoseTimeIsOverCannotBeEnded() {
        scheduler.manager.pause(PauseTarget.queue("llm"), null, SchedulerFixture.START.plusSeconds(60));
        scheduler.pass(Duration.ofSeconds(60));
        assertThatThrownBy(() -> scheduler.manager.resume(PauseTarget.queue("llm")))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("queue llm is not paused");
    }

    @Test
    void aQueueThatIsNotPausedCannotBeResumed() {
        assertThatThrownBy(() -> scheduler.manager.resume(PauseTarget.queue("default")))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("queue default is not paused");
    }

    @Test
    void aPauseOfTheConfigurationEndsByTheConfiguration() {
        Blocker blocker = new Blocker(Blocker.PAUSED, "by its configuration", null);
        scheduler.queue.queues.add(new QueueStatus(
                "llm",
                new QueueStatus.QueueJobs(0, null, 0),
                new QueueStatus.QueueBounds(List.of(), null, null, "file"),
                null,
                List.of(blocker)));
        assertThatThrownBy(() -> scheduler.manager.resume(PauseTarget.queue("llm")))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("queue llm is paused by its configuration: remove paused = true from"
                        + " etc/io.jobyard.queues-llm.cfg");
    }

    @Test
    void aPauseThatMakesNoSenseIsRefused() {
        assertThatThrownBy(
                        () -> scheduler.manager.pause(new PauseTarget(PauseTarget.TargetKind.USER, " ann"), null, null))
                .hasMessageContaining("invalid user ' ann'");
        assertThatThrownBy(() -> scheduler.manager.resume(PauseTarget.ALL)).hasMessage("all jobs are not paused");
        assertThatThrownBy(() -> scheduler.manager.pause(PauseTarget.queue("a b"), null, null))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("invalid queue 'a b'");
        assertThatThrownBy(() -> scheduler.manager.pause(PauseTarget.queue("llm"), null, SchedulerFixture.START))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("has passed: use a time after " + SchedulerFixture.START);
        assertThatThrownBy(() -> scheduler.manager.pause(PauseTarget.queue("llm"), "a\nb", null))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("invalid reason");
    }

    private void refused(UnaryOperator<JobSpecificationBuilder> how, String message) {
        assertThatThrownBy(() -> scheduler.submit(how.apply(SchedulerFixture.spec())))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith(message);
    }
}
