// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that wait for jobs. */
class DependenciesTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aDependencyThatHasCompletedNeedsNoWait() {
        JobId parent = scheduler.submit();
        scheduler.complete(parent);

        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));

        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.memory.dependencies(child)).containsExactly(parent);
        assertThat(scheduler.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void aJobWhoseDependencyCompletesWhileItIsSubmittedIsReadyAfterIt() {
        JobId parent = scheduler.submit();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("jobs")) { // the store takes its time
                scheduler.clock.advance(Duration.ofSeconds(1));
                scheduler.fault = (any, other) -> {};
                scheduler.complete(parent);
            }
        };

        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));

        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.memory.history(child).get(0).at())
                .isEqualTo(scheduler.stored(child).books().readyAt())
                .isEqualTo(SchedulerFixture.START.plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(DependencyPolicy.class)
    void aDependencyThatHasFailedAppliesThePolicyAtOnce(DependencyPolicy policy) {
        JobId parent = scheduler.submit();
        scheduler.fail(parent);

        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent).ifDependencyFails(policy));
        scheduler.tidy();

        requirePolicy(parent, child, policy);
    }

    @ParameterizedTest
    @EnumSource(DependencyPolicy.class)
    void aDependencyThatFailsAppliesThePolicy(DependencyPolicy policy) {
        JobId parent = scheduler.submit();
        JobId other = scheduler.submit();
        JobId child = scheduler.submit(
                SchedulerFixture.spec().dependsOn(parent, other).ifDependencyFails(policy));
        scheduler.fail(parent);
        scheduler.tidy();
        if (policy == DependencyPolicy.RUN) {
            assertThat(scheduler.status(child)).isEqualTo(JobStatus.WAITING);
        } else {
            requirePolicy(parent, child, policy);
        }

        scheduler.complete(other);
        scheduler.tidy();

        requirePolicy(parent, child, policy);
        assertThat(scheduler.stored(child).books().pending()).isZero();
        assertThat(scheduler.memory.history(child)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(DependencyPolicy.class)
    void aPolicyOfItsOwnComesBeforeThatForAll(DependencyPolicy policy) {
        DependencyPolicy forAll = policy == DependencyPolicy.RUN ? DependencyPolicy.FAIL : DependencyPolicy.RUN;
        JobId bad = scheduler.submit();
        JobId good = scheduler.submit();
        JobId before = scheduler.submit(
                SchedulerFixture.spec().dependsOn(bad, policy).dependsOn(good).ifDependencyFails(forAll));
        scheduler.fail(bad);
        JobId after = scheduler.submit(
                SchedulerFixture.spec().dependsOn(good).dependsOn(bad, policy).ifDependencyFails(forAll));
        scheduler.tidy();
        scheduler.complete(good);
        scheduler.tidy();

        for (JobId child : List.of(before, after)) {
            requirePolicy(bad, child, policy);
            assertThat(scheduler.stored(child).books().pending()).isZero();
        }
        assertThat(scheduler.memory.endedBecauseOf(bad, null, 9)).hasSize(policy == DependencyPolicy.RUN ? 0 : 2);
    }

    @Test
    void ofSeveralThatEndBadlyAtOnceTheOneThatFailsItDecides() {
        JobId cancels = scheduler.submit();
        JobId runs = scheduler.submit();
        JobId fails = scheduler.submit();
        List.of(cancels, runs, fails).forEach(scheduler::fail);
        JobId child = scheduler.submit(SchedulerFixture.spec()
                .dependsOn(cancels, DependencyPolicy.CANCEL)
                .dependsOn(runs, DependencyPolicy.RUN)
                .dependsOn(fails, DependencyPolicy.FAIL));
        scheduler.tidy();

        requirePolicy(fails, child, DependencyPolicy.FAIL);
        assertThat(scheduler.memory.endedBecauseOf(cancels, null, 9)).containsExactly(child);
        assertThat(scheduler.memory.endedBecauseOf(runs, null, 9)).isEmpty();
        assertThat(scheduler.memory.history(child)).hasSize(2);
    }

    @Test
    void jobsOfOneCallHavePoliciesByName() {
        List<Submission> answers = scheduler.manager.submitAll(List.of(
                SchedulerFixture.spec().name("first").build(),
                SchedulerFixture.spec().name("second").build(),
                SchedulerFixture.spec()
                        .dependsOn("first", DependencyPolicy.RUN)
                        .dependsOn("second", DependencyPolicy.CANCEL)
                        .build()));
        JobId child = answers.get(2).id();
        assertThat(scheduler.job(child).terms().dependencies().policies())
                .isEqualTo(Map.of(
                        answers.get(0).id(),
                        DependencyPolicy.RUN,
                        answers.get(1).id(),
                        DependencyPolicy.CANCEL));
        scheduler.fail(answers.get(0).id());
        scheduler.tidy();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.WAITING);

        scheduler.fail(answers.get(1).id());
        scheduler.tidy();
        requirePolicy(answers.get(1).id(), child, DependencyPolicy.CANCEL);
    }

    @Test
    void aDependencyWithTwoPoliciesAndTooManyPoliciesAreRefused() {
        JobSpecificationBuilder keyed = SchedulerFixture.spec().key("k");
        assertThatThrownBy(() -> scheduler.manager.submitAll(List.of(
                        keyed.name("a").build(),
                        keyed.name("b").build(),
                        SchedulerFixture.spec()
                                .dependsOn("a", DependencyPolicy.RUN)
                                .dependsOn("b", DependencyPolicy.FAIL)
                                .build())))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(
                        "names the same job as another dependency, with the policies run and fail: name the job once");
        JobSpecificationBuilder many = SchedulerFixture.spec();
        for (int n = 0; n <= 100; n++) {
            many.dependsOn(new JobId(new UUID(1, n)), DependencyPolicy.RUN);
        }
        assertThatThrownBy(() -> scheduler.submit(many))
                .isInstanceOf(ValidationException.class)
                .hasMessage("too many dependencies with their own policy: 101; use at most 100, and"
                        + " ifDependencyFails for all others");
    }

    @Test
    void aDependencyThatEndsAnewWhileItIsReleasedCountsOnce() {
        JobId parent = scheduler.submit();
        JobId other = scheduler.submit();
        scheduler.fail(parent);
        JobId child = scheduler.submit(
                SchedulerFixture.spec().dependsOn(parent, other).ifDependencyFails(DependencyPolicy.RUN));
        scheduler.fault = (method, arguments) -> {
            if (method.equals("jobs")) {
                scheduler.fault = (any, more) -> {};
                scheduler.manager.retry(parent);
                scheduler.complete(parent);
                scheduler.complete(other);
            }
        };

        scheduler.engine.chores().release();

        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.stored(child).books().pending()).isZero();
    }

    private void requirePolicy(JobId parent, JobId child, DependencyPolicy policy) {
        JobStatus expected = switch (policy) {
            case FAIL -> JobStatus.FAILED;
            case CANCEL -> JobStatus.CANCELLED;
            case RUN -> JobStatus.QUEUED;
        };
        assertThat(scheduler.status(child)).isEqualTo(expected);
        if (policy != DependencyPolicy.RUN) {
            assertThat(scheduler.job(child).state().reason()).isEqualTo(Reason.DEPENDENCY);
            assertThat(scheduler.job(child).state().error()).isEqualTo("dependency " + parent + " failed");
        }
    }

    @Test
    void aChainOfOneCallRunsInOrderAndFailsToItsEnd() {
        List<JobSpecification> specifications = new ArrayList<>();
        for (int i = 9; i >= 0; i--) {
            JobSpecificationBuilder one = SchedulerFixture.spec().name("n" + i);
            specifications.add((i == 0 ? one : one.dependsOn("n" + (i - 1))).build());
        }
        List<Submission> answers = new ArrayList<>(scheduler.manager.submitAll(specifications));
        Collections.reverse(answers);
        assertThat(answers).extracting(Submission::status).startsWith(JobStatus.QUEUED, JobStatus.WAITING);

        for (int i = 0; i < 5; i++) {
            scheduler.complete(answers.get(i).id());
            scheduler.tidy();
        }
        scheduler.fail(answers.get(5).id());
        scheduler.tidy();

        for (int i = 6; i < 10; i++) {
            assertThat(scheduler.job(answers.get(i).id()).state().reason()).isEqualTo(Reason.DEPENDENCY);
        }
        assertThat(scheduler.claim(1)).isEmpty();
    }

    @Test
    void oneWaitsForAThousandAndIsReleasedOnce() {
        List<JobId> parents = new ArrayList<>();
        JobSpecificationBuilder last = SchedulerFixture.spec();
        for (int i = 0; i < 1_000; i++) {
            parents.add(scheduler.submit());
            last.dependsOn(parents.get(i));
        }
        JobId child = scheduler.submit(last);
        for (int i = 0; i < 999; i++) {
            scheduler.complete(parents.get(i));
            if (i % 300 == 0) {
                scheduler.tidy();
            }
        }
        scheduler.tidy();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.WAITING);
        assertThat(scheduler.stored(child).books().pending()).isEqualTo(1);

        scheduler.complete(parents.get(999));
        scheduler.tidy();

        requireReleasedOnce(scheduler, child);
    }

    @Test
    void aThousandWaitForOneAndAreReleasedOnceEach() {
        JobId parent = scheduler.submit();
        List<JobId> children = thousandChildren(parent);

        scheduler.complete(parent);
        scheduler.tidy();

        children.forEach(child -> requireReleasedOnce(scheduler, child));
        assertThat(scheduler.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void aReleaseThatIsCutAnywhereIsEndedByTheNextHost() {
        for (int cut = 1; cut < 1_004; cut += cut < 4 || cut > 998 && cut < 1_004 ? 1 : 83) {
            SchedulerFixture first = new SchedulerFixture();
            JobId parent = first.submit();
            List<JobId> children = thousandChildren(first, parent);
            first.complete(parent);
            failAfter(first, cut);
            try {
                first.tidy();
            } catch (StoreException e) {
                assertThat(e).hasMessage("cut");
            }

            SchedulerFixture next = first.restart();
            next.tidy();

            children.forEach(child -> requireReleasedOnce(next, child));
            assertThat(next.memory.releases(10).parents()).isEmpty();
        }
    }

    @Test
    void aJobAdmittedWhileItsDependencyEndsIsReleased() {
        JobId parent = scheduler.submit();
        Assignment run = scheduler.claim(parent);
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                scheduler.fault = (any, other) -> {};
                scheduler.finish(run, new Outcome.Completed("{}"));
            }
        };

        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.tidy();

        requireReleasedOnce(scheduler, child);
    }

    @Test
    void aReleaseThatLosesItsRaceIsDecidedAnew() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(
                SchedulerFixture.spec().dependsOn(parent).expires(SchedulerFixture.START.plusSeconds(5)));
        scheduler.complete(parent);
        scheduler.clock.set(SchedulerFixture.START.plusSeconds(5));
        MaintenanceTasks other =
                scheduler.engine(scheduler.memory, scheduler.clock).chores();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                scheduler.fault = (any, more) -> {};
                other.due();
            }
        };

        scheduler.tidy();

        assertThat(scheduler.job(child).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(scheduler.stored(child).books().pending()).isZero();
        assertThat(scheduler.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void afterItsDependenciesAJobStillWaitsForItsTime() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec()
                .dependsOn(parent)
                .notBefore(SchedulerFixture.START.plusSeconds(60))
                .expires(SchedulerFixture.START.plusSeconds(90)));
        scheduler.complete(parent);
        scheduler.tidy();
        assertThat(scheduler.job(child).state().reason()).isEqualTo(Reason.TIME);

        scheduler.clock.set(SchedulerFixture.START.plusSeconds(60));
        scheduler.tidy();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);

        scheduler.clock.set(SchedulerFixture.START.plusSeconds(90));
        scheduler.tidy();
        assertThat(scheduler.job(child).state().reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void anExpiredJobsDependentsGetThePolicy() {
        JobId parent = scheduler.submit(SchedulerFixture.spec().expires(SchedulerFixture.START.plusSeconds(5)));
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.clock.set(SchedulerFixture.START.plusSeconds(5));
        scheduler.tidy();
        assertThat(scheduler.job(child).state().error()).isEqualTo("dependency " + parent + " failed");
        assertThat(scheduler.memory.find(JobQuery.all(9), Set.of()).jobs()).hasSize(2);
    }

    private List<JobId> thousandChildren(JobId parent) {
        return thousandChildren(scheduler, parent);
    }

    private static List<JobId> thousandChildren(SchedulerFixture scheduler, JobId parent) {
        List<JobSpecification> children = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            children.add(SchedulerFixture.spec().dependsOn(parent).build());
        }
        return scheduler.manager.submitAll(children).stream()
                .map(Submission::id)
                .toList();
    }

    /** Lets so many changes through, and then none. */
    private static void failAfter(SchedulerFixture scheduler, int changes) {
        int[] left = {changes};
        scheduler.fault = (method, arguments) -> {
            if ((method.equals("move") || method.equals("released")) && left[0]-- <= 0) {
                throw new StoreException("cut", null);
            }
        };
    }

    private static void requireReleasedOnce(SchedulerFixture scheduler, JobId child) {
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(scheduler.stored(child).books().pending()).isZero();
        assertThat(scheduler.memory.history(child))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.WAITING, JobStatus.QUEUED);
    }
}
