// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which jobs go to the version that is tried, and what becomes of those that fail there. */
class CanaryJobsTest {

    private static final HandlerName TRIED = new HandlerName("1.3.0", "test 1.3.0");
    private static final HandlerName USUAL = new HandlerName("1.0.0", "test 1.0.0");
    private static final String VERSIONS = "[1.3.0,1.4.0)";

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private static CanaryRules rules(double percent, CanaryRules.By by) {
        return new CanaryRules(VERSIONS, percent, by, 20, 10, Duration.ofHours(1));
    }

    private void share(double percent) {
        share(scheduler, percent);
    }

    /** Lets the type have a canary with that share of its jobs. */
    static void share(SchedulerFixture scheduler, double percent) {
        scheduler.handlers.canaries.put("work", TRIED);
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        rules(percent, CanaryRules.By.JOB),
                        HiddenFields.NONE,
                        false));
    }

    /** The next attempt, whenever it is due. */
    private Assignment next(JobId id) {
        scheduler.pass(Duration.ofHours(1));
        scheduler.tidy();
        return scheduler.claim(id);
    }

    @Test
    void aJobOfTheShareGoesThereAndAllOthersDoNot() {
        share(100);
        JobId first = scheduler.submit();
        assertThat(scheduler.claim(first).handler()).isEqualTo(TRIED);
        share(0);
        JobId second = scheduler.submit();
        assertThat(scheduler.claim(second).handler()).isEqualTo(USUAL);
        share(100);
        scheduler.queue.rolledBack.add("work");
        JobId third = scheduler.submit();
        assertThat(scheduler.claim(third).handler()).isEqualTo(USUAL);
    }

    @Test
    void oneThatFailsThereIsTriedOnAnotherVersionHoweverItFailed() {
        share(100);
        List<Outcome> ends = List.of(
                new Outcome.Failed("boom", true, null),
                new Outcome.Failed("boom", false, Duration.ofSeconds(7)),
                new Outcome.TimedOut(Duration.ofSeconds(60)));
        for (Outcome end : ends) {
            JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
            Assignment tried = scheduler.claim(id);
            assertThat(tried.handler()).isEqualTo(TRIED);
            assertThat(scheduler.finish(tried, end)).isTrue();
            Job waits = scheduler.job(id);
            assertThat(waits.status()).isEqualTo(JobStatus.WAITING);
            assertThat(waits.state().reason()).isEqualTo(Reason.RETRY);
            assertThat(waits.state().error()).endsWith("; failed on the canary's version, and goes to another one");

            Assignment again = next(id);
            assertThat(again.handler()).isEqualTo(USUAL);
            scheduler.finish(again, new Outcome.Completed("{}"));
            assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void oneThatFailsThereToo() {
        share(100);
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("boom", true, null));
        scheduler.finish(next(id), new Outcome.Failed("no text", true, null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().error()).isEqualTo("no text");
    }

    @Test
    void oneThatComesBackLaterStaysThere() {
        share(100);
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Slept(Duration.ofSeconds(7), null));
        Assignment second = next(id);
        assertThat(second.handler()).isEqualTo(TRIED);
        scheduler.finish(second, new Outcome.RateLimited(Duration.ofSeconds(7), "429"));
        Assignment third = next(id);
        assertThat(third.handler()).isEqualTo(TRIED);
        scheduler.manager.cancel(id);
        scheduler.finish(third, new Outcome.Failed("boom", false, null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void oneWhoseHostWasLostGoesThereNoMore() {
        share(100);
        JobId id = scheduler.submit();
        assertThat(scheduler.claim(id).handler()).isEqualTo(TRIED);
        SchedulerFixture next = scheduler.restart();
        next.tidy();
        next.handlers.canaries.putAll(scheduler.handlers.canaries);
        next.handlers.rules.putAll(scheduler.handlers.rules);
        assertThat(next.claim(id).handler()).isEqualTo(USUAL);
    }

    @Test
    void aFailureOfTheVersionThatAJobAskedForIsAsAnyOther() {
        share(100);
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        scheduler.handlers.canaries.clear(); // what the catalog says where the job's range leaves no other version
        Assignment run = scheduler.claim(id);
        share(100);
        scheduler.finish(run, new Outcome.Failed("boom", false, null));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
    }

    /** Each way in which a canary can go: it is not among the canaries any more, or has rolled back. */
    private List<Runnable> waysToGo() {
        return List.of(
                () -> scheduler.handlers.canaries.clear(),
                () -> scheduler.handlers.canaries.put("work", new HandlerName("1.3.0", "test 1.3.0 build2")),
                () -> scheduler.handlers.canaries.put("work", new HandlerName("1.3.1", "test 1.3.1")),
                () -> scheduler.queue.rolledBack.add("work"),
                () -> scheduler.queue.steppedBackElsewhere.add("work"));
    }

    private void comesBack() {
        scheduler.queue.rolledBack.clear();
        scheduler.queue.steppedBackElsewhere.clear();
    }

    @Test
    void aRunWhoseCanaryIsGoneDoesNotCountHoweverItEnds() {
        List<Outcome> ends = List.of(
                new Outcome.Failed("boom", true, null),
                new Outcome.Failed("boom", false, Duration.ofSeconds(7)),
                new Outcome.TimedOut(Duration.ofSeconds(60)),
                new Outcome.Crashed("exit"),
                new Outcome.GivenBack("its handler left or the host stopped"));
        for (Runnable goes : waysToGo()) {
            for (Outcome end : ends) {
                share(100);
                comesBack();
                JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
                Assignment tried = scheduler.claim(id);
                assertThat(tried.handler()).isEqualTo(TRIED);
                assertThat(scheduler.job(id).state().run().begunWith()).isEqualTo("1.3.0");
                goes.run();
                assertThat(scheduler.finish(tried, end)).isTrue();

                Job back = scheduler.job(id);
                assertThat(back.status()).as(end.toString()).isEqualTo(JobStatus.QUEUED);
                assertThat(back.state().reason()).isEqualTo(Reason.CANARY_GONE);
                assertThat(back.state().run().attempt()).isZero();
                assertThat(scheduler.last(id).why())
                        .endsWith(
                                "; the canary that ran it was quarantined, rolled back, replaced or deleted: it goes to"
                                        + " another version");

                share(100); // it is back
                comesBack();
                Assignment again = scheduler.claim(id);
                assertThat(again.handler()).as("it left the canary").isEqualTo(USUAL);
                scheduler.finish(again, new Outcome.Failed("no text", false, null));
                assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
            }
        }
    }

    @Test
    void theOutcomeWaitsWhileItCannotBeReadWhetherTheLeaderHasRolledTheCanaryBack() {
        share(100);
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        Assignment tried = scheduler.claim(id);
        scheduler.queue.steppedBackUnread = new StoreException("the store is away", null);
        CompletableFuture<Boolean> finished =
                scheduler.engine.finish(tried, SchedulerFixture.START, new Outcome.Failed("boom", true, null));
        assertThat(finished).isNotDone();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.RUNNING);

        scheduler.queue.steppedBackUnread = null;
        scheduler.queue.steppedBackElsewhere.add("work");
        scheduler.late.remove().run();
        assertThat(finished).isCompletedWithValue(true);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.CANARY_GONE);
        assertThat(scheduler.job(id).state().run().attempt()).isZero();
    }

    @Test
    void aRunThatCompletesOnACanaryThatIsGoneHasCompleted() {
        share(100);
        JobId id = scheduler.submit();
        Assignment tried = scheduler.claim(id);
        scheduler.handlers.canaries.clear();
        scheduler.finish(tried, new Outcome.Completed("{}"));
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void oneThatRestsWhileItsCanaryGoesBeginsElsewhere() {
        share(100);
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Slept(Duration.ofSeconds(7), null));
        scheduler.queue.rolledBack.add("work");
        Assignment second = next(id);
        assertThat(second.handler()).isEqualTo(USUAL);
        assertThat(second.stored().books().versions().canary()).isFalse();
        scheduler.queue.rolledBack.clear();
        scheduler.finish(second, new Outcome.Slept(Duration.ofSeconds(7), null));
        assertThat(next(id).handler()).as("it began again elsewhere").isEqualTo(USUAL);
    }

    @Test
    void oneThatIsToMoveToAnotherVersionForgetsTheOneThatItBeganWith() {
        JobId id = scheduler.submit();
        Assignment first = scheduler.claim(id);
        assertThat(scheduler.job(id).state().run().begunWith()).isEqualTo("1.0.0");
        scheduler.finish(first, new Outcome.Slept(Duration.ofSeconds(7), "waits for a newer handler", true));
        assertThat(scheduler.job(id).state().run().begunWith()).isNull();
        assertThat(scheduler.job(id).state().run().attempt()).isZero();
        share(100);
        Assignment second = next(id);
        assertThat(second.handler()).isEqualTo(TRIED);
        scheduler.finish(second, new Outcome.Slept(Duration.ofSeconds(7), "waits for a newer handler", true));
        assertThat(next(id).handler()).as("it left the canary").isEqualTo(USUAL);
    }

    @Test
    void oneThatBeganOnAnotherVersionDoesNotGoThereWhenItComesBack() {
        JobId id = scheduler.submit();
        scheduler.finish(scheduler.claim(id), new Outcome.Slept(Duration.ofSeconds(7), null));
        share(100);
        assertThat(next(id).handler()).isEqualTo(USUAL);
    }

    @Test
    void anOperatorsRetryBeginsAnew() {
        share(100);
        JobId id = scheduler.submit(SchedulerFixture.spec().maxRetries(0));
        scheduler.finish(scheduler.claim(id), new Outcome.Failed("boom", true, null));
        scheduler.finish(next(id), new Outcome.Failed("boom", true, null));
        scheduler.manager.retry(id);
        assertThat(scheduler.job(id).state().run().begunWith()).isNull();
        assertThat(scheduler.claim(id).handler()).isEqualTo(TRIED);
    }

    private Job job(String submitter, String key, long id) {
        JobSpecificationBuilder asked = SchedulerFixture.spec().key(key);
        Job one = scheduler.job(scheduler.submit(asked));
        return new Job(new JobId(new UUID(1, id)), submitter, one.createdAt(), one.terms(), one.state());
    }

    @Test
    void theShareIsTheSameOnAllHostsAndAfterEachStart() {
        Job one = job("ann", "k1", 1);
        List<String> chosen = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            Job of = new Job(one.id(), "user-" + n, one.createdAt(), one.terms(), one.state());
            if (rules(10, CanaryRules.By.SUBMITTER).takes(of)) {
                chosen.add(of.submitter());
                assertThat(rules(20, CanaryRules.By.SUBMITTER).takes(of))
                        .as("a larger share has the same and more")
                        .isTrue();
            }
        }
        assertThat(chosen)
                .as("written down: no later version may choose others")
                .containsExactly("user-21", "user-26");
    }

    @Test
    void aShareIsAboutAsLargeAsItSays() {
        Job one = job("ann", "k1", 1);
        long taken = 0;
        for (int n = 0; n < 20_000; n++) {
            Job of = new Job(new JobId(new UUID(n, n)), "ann", one.createdAt(), one.terms(), one.state());
            taken += rules(5, CanaryRules.By.JOB).takes(of) ? 1 : 0;
        }
        assertThat(taken).isCloseTo(1_000, withinPercentage(10));
    }

    @Test
    void byItsKeyOrItsSubmitterAllJobsGoTheSameWay() {
        Job first = job("ann", "k1", 1);
        for (int n = 2; n < 50; n++) {
            Job next = new Job(new JobId(new UUID(1, n)), "ann", first.createdAt(), first.terms(), first.state());
            for (CanaryRules.By by : List.of(CanaryRules.By.KEY, CanaryRules.By.SUBMITTER)) {
                assertThat(rules(50, by).takes(next)).isEqualTo(rules(50, by).takes(first));
            }
        }
    }
}
