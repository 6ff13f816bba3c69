// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that wait for jobs. */
class DependenciesTest {

    private final Desk desk = new Desk();

    @Test
    void aDependencyThatHasCompletedNeedsNoWait() {
        JobId parent = desk.submit();
        desk.complete(parent);

        JobId child = desk.submit(Desk.spec().dependsOn(parent));

        assertThat(desk.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.memory.dependencies(child)).containsExactly(parent);
        assertThat(desk.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void aJobWhoseDependencyCompletesWhileItIsSubmittedIsReadyAfterIt() {
        JobId parent = desk.submit();
        desk.fault = (method, arguments) -> {
            if (method.equals("jobs")) { // the store takes its time
                desk.clock.advance(Duration.ofSeconds(1));
                desk.fault = (any, other) -> {};
                desk.complete(parent);
            }
        };

        JobId child = desk.submit(Desk.spec().dependsOn(parent));

        assertThat(desk.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.memory.history(child).get(0).at())
                .isEqualTo(desk.stored(child).books().readyAt())
                .isEqualTo(Desk.START.plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(DependencyPolicy.class)
    void aDependencyThatHasFailedAppliesThePolicyAtOnce(DependencyPolicy policy) {
        JobId parent = desk.submit();
        desk.fail(parent);

        JobId child = desk.submit(Desk.spec().dependsOn(parent).ifDependencyFails(policy));
        desk.tidy();

        requirePolicy(parent, child, policy);
    }

    @ParameterizedTest
    @EnumSource(DependencyPolicy.class)
    void aDependencyThatFailsAppliesThePolicy(DependencyPolicy policy) {
        JobId parent = desk.submit();
        JobId other = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent, other).ifDependencyFails(policy));
        desk.fail(parent);
        desk.tidy();
        if (policy == DependencyPolicy.RUN) {
            assertThat(desk.status(child)).isEqualTo(JobStatus.WAITING);
        } else {
            requirePolicy(parent, child, policy);
        }

        desk.complete(other);
        desk.tidy();

        requirePolicy(parent, child, policy);
        assertThat(desk.stored(child).books().pending()).isZero();
        assertThat(desk.memory.history(child)).hasSize(2);
    }

    @Test
    void aDependencyThatEndsAnewWhileItIsReleasedCountsOnce() {
        JobId parent = desk.submit();
        JobId other = desk.submit();
        desk.fail(parent);
        JobId child = desk.submit(Desk.spec().dependsOn(parent, other).ifDependencyFails(DependencyPolicy.RUN));
        desk.fault = (method, arguments) -> {
            if (method.equals("jobs")) {
                desk.fault = (any, more) -> {};
                desk.manager.retry(parent);
                desk.complete(parent);
                desk.complete(other);
            }
        };

        desk.chores.release();

        assertThat(desk.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.stored(child).books().pending()).isZero();
    }

    private void requirePolicy(JobId parent, JobId child, DependencyPolicy policy) {
        JobStatus expected = switch (policy) {
            case FAIL -> JobStatus.FAILED;
            case CANCEL -> JobStatus.CANCELLED;
            case RUN -> JobStatus.QUEUED;
        };
        assertThat(desk.status(child)).isEqualTo(expected);
        if (policy != DependencyPolicy.RUN) {
            assertThat(desk.job(child).state().reason()).isEqualTo(Reason.DEPENDENCY);
            assertThat(desk.job(child).state().error()).isEqualTo("dependency " + parent + " failed");
        }
    }

    @Test
    void aChainOfOneCallRunsInOrderAndFailsToItsEnd() {
        List<JobSpecification> specifications = new ArrayList<>();
        for (int i = 9; i >= 0; i--) {
            JobSpecification.Builder one = Desk.spec().name("n" + i);
            specifications.add((i == 0 ? one : one.dependsOn("n" + (i - 1))).build());
        }
        List<Submission> answers = new ArrayList<>(desk.manager.submitAll(specifications));
        Collections.reverse(answers);
        assertThat(answers).extracting(Submission::status).startsWith(JobStatus.QUEUED, JobStatus.WAITING);

        for (int i = 0; i < 5; i++) {
            desk.complete(answers.get(i).id());
            desk.tidy();
        }
        desk.fail(answers.get(5).id());
        desk.tidy();

        for (int i = 6; i < 10; i++) {
            assertThat(desk.job(answers.get(i).id()).state().reason()).isEqualTo(Reason.DEPENDENCY);
        }
        assertThat(desk.claim(1)).isEmpty();
    }

    @Test
    void oneWaitsForAThousandAndIsReleasedOnce() {
        List<JobId> parents = new ArrayList<>();
        JobSpecification.Builder last = Desk.spec();
        for (int i = 0; i < 1_000; i++) {
            parents.add(desk.submit());
            last.dependsOn(parents.get(i));
        }
        JobId child = desk.submit(last);
        for (int i = 0; i < 999; i++) {
            desk.complete(parents.get(i));
            if (i % 300 == 0) {
                desk.tidy();
            }
        }
        desk.tidy();
        assertThat(desk.status(child)).isEqualTo(JobStatus.WAITING);
        assertThat(desk.stored(child).books().pending()).isEqualTo(1);

        desk.complete(parents.get(999));
        desk.tidy();

        requireReleasedOnce(desk, child);
    }

    @Test
    void aThousandWaitForOneAndAreReleasedOnceEach() {
        JobId parent = desk.submit();
        List<JobId> children = thousandChildren(parent);

        desk.complete(parent);
        desk.tidy();

        children.forEach(child -> requireReleasedOnce(desk, child));
        assertThat(desk.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void aReleaseThatIsCutAnywhereIsEndedByTheNextHost() {
        for (int cut = 1; cut < 1_004; cut += cut < 4 || cut > 998 && cut < 1_004 ? 1 : 83) {
            Desk first = new Desk();
            JobId parent = first.submit();
            List<JobId> children = thousandChildren(first, parent);
            first.complete(parent);
            failAfter(first, cut);
            try {
                first.tidy();
            } catch (StoreException e) {
                assertThat(e).hasMessage("cut");
            }

            Desk next = first.restart();
            next.tidy();

            children.forEach(child -> requireReleasedOnce(next, child));
            assertThat(next.memory.releases(10).parents()).isEmpty();
        }
    }

    @Test
    void aJobAdmittedWhileItsDependencyEndsIsReleased() {
        JobId parent = desk.submit();
        Assignment run = desk.claim(parent);
        desk.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                desk.fault = (any, other) -> {};
                desk.finish(run, new Outcome.Completed("{}"));
            }
        };

        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.tidy();

        requireReleasedOnce(desk, child);
    }

    @Test
    void aReleaseThatLosesItsRaceIsDecidedAnew() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent).expires(Desk.START.plusSeconds(5)));
        desk.complete(parent);
        desk.clock.set(Desk.START.plusSeconds(5));
        Chores other = desk.chores(desk.memory, desk.decisions, desk.clock);
        desk.fault = (method, arguments) -> {
            if (method.equals("move")) {
                desk.fault = (any, more) -> {};
                other.due();
            }
        };

        desk.tidy();

        assertThat(desk.job(child).state().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(desk.stored(child).books().pending()).isZero();
        assertThat(desk.memory.releases(10).parents()).isEmpty();
    }

    @Test
    void afterItsDependenciesAJobStillWaitsForItsTime() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec()
                .dependsOn(parent)
                .notBefore(Desk.START.plusSeconds(60))
                .expires(Desk.START.plusSeconds(90)));
        desk.complete(parent);
        desk.tidy();
        assertThat(desk.job(child).state().reason()).isEqualTo(Reason.TIME);

        desk.clock.set(Desk.START.plusSeconds(60));
        desk.tidy();
        assertThat(desk.status(child)).isEqualTo(JobStatus.QUEUED);

        desk.clock.set(Desk.START.plusSeconds(90));
        desk.tidy();
        assertThat(desk.job(child).state().reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void anExpiredJobsDependentsGetThePolicy() {
        JobId parent = desk.submit(Desk.spec().expires(Desk.START.plusSeconds(5)));
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.clock.set(Desk.START.plusSeconds(5));
        desk.tidy();
        assertThat(desk.job(child).state().error()).isEqualTo("dependency " + parent + " failed");
        assertThat(desk.memory.find(JobQuery.all(9), Set.of()).jobs()).hasSize(2);
    }

    private List<JobId> thousandChildren(JobId parent) {
        return thousandChildren(desk, parent);
    }

    private static List<JobId> thousandChildren(Desk desk, JobId parent) {
        List<JobSpecification> children = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            children.add(Desk.spec().dependsOn(parent).build());
        }
        return desk.manager.submitAll(children).stream().map(Submission::id).toList();
    }

    /** Lets so many changes through, and then none. */
    private static void failAfter(Desk desk, int changes) {
        int[] left = {changes};
        desk.fault = (method, arguments) -> {
            if ((method.equals("move") || method.equals("released")) && left[0]-- <= 0) {
                throw new StoreException("cut", null);
            }
        };
    }

    private static void requireReleasedOnce(Desk desk, JobId child) {
        assertThat(desk.status(child)).isEqualTo(JobStatus.QUEUED);
        assertThat(desk.stored(child).books().pending()).isZero();
        assertThat(desk.memory.history(child))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.WAITING, JobStatus.QUEUED);
    }
}
