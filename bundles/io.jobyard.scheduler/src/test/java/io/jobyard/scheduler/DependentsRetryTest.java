// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.api.Retried;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a retry with dependents takes along. */
class DependentsRetryTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void whatEndedBecauseOfTheJobWaitsForItAgainAndCompletes() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        JobId grandchild = scheduler.submit(SchedulerFixture.spec().dependsOn(child));
        JobId stranger = scheduler.submit(SchedulerFixture.spec());
        scheduler.fail(parent);
        scheduler.fail(stranger);
        assertThat(scheduler.job(grandchild).state().reason()).isEqualTo(Reason.DEPENDENCY);

        Retried retried = scheduler.manager.retryWithDependents(parent);

        assertThat(retried.job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(retried.dependents()).extracting(Job::id).containsExactly(child, grandchild);
        assertThat(retried.dependents()).extracting(Job::status).containsOnly(JobStatus.WAITING);
        assertThat(retried.refused()).isEmpty();
        assertThat(scheduler.memory.endedBecauseOf(parent, null, 9)).isEmpty();
        for (JobId id : List.of(parent, child, grandchild)) {
            scheduler.complete(id);
        }
        assertThat(scheduler.status(stranger)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aRetryAloneLeavesThemAndTheyCanBeTakenAlongLater() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.fail(parent);
        scheduler.manager.retry(parent);
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.FAILED);
        scheduler.complete(parent);

        Retried retried = scheduler.manager.retryWithDependents(parent);

        assertThat(retried.job().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(retried.dependents())
                .singleElement()
                .satisfies(job -> assertThat(job.status()).isEqualTo(JobStatus.QUEUED));
        assertThatThrownBy(() -> scheduler.manager.retryWithDependents(parent))
                .isInstanceOf(StateConflictException.class);
    }

    @Test
    void whoWasEndedByOneJobAndBlamesAnotherTooComesWithEither() {
        JobId first = scheduler.submit();
        JobId second = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(first, second));
        scheduler.fail(first);
        scheduler.fail(second);
        scheduler.tidy();
        scheduler.manager.retry(first);
        scheduler.complete(first);

        assertThat(scheduler.manager.retryWithDependents(second).dependents())
                .extracting(Job::id)
                .containsExactly(child);

        scheduler.complete(second);
        scheduler.complete(child);
    }

    @Test
    void whatSomebodyCancelledDoesNotComeAlong() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.manager.cancel(child);
        scheduler.fail(parent);
        scheduler.tidy();
        assertThat(scheduler.manager.retryWithDependents(parent).dependents()).isEmpty();
        assertThat(scheduler.status(child)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void whatCannotBeRetriedIsToldByNameAndTheOthersAre() {
        JobId parent = scheduler.submit();
        JobId expired = scheduler.submit(
                SchedulerFixture.spec().dependsOn(parent).expires(SchedulerFixture.START.plusSeconds(5)));
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        JobId behind = scheduler.submit(SchedulerFixture.spec().dependsOn(expired));
        scheduler.fail(parent);
        scheduler.clock.set(SchedulerFixture.START.plusSeconds(6));

        Retried retried = scheduler.manager.retryWithDependents(parent);

        assertThat(retried.dependents()).extracting(Job::id).containsExactly(child);
        assertThat(retried.refused()).containsOnlyKeys(expired);
        assertThat(retried.refused().get(expired)).hasMessageContaining("job " + expired + " expired at");
        assertThat(scheduler.status(behind)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void onlyWhatTheCallerMayRetryComesAlong() {
        Caller ann = Caller.administrator("root").as("ann");
        JobId parent = scheduler.of(ann).submit(SchedulerFixture.spec().build()).id();
        JobId hers = scheduler.of(ann).submit(dependent(parent)).id();
        JobId others = scheduler.manager.submit(dependent(parent)).id();
        scheduler.fail(parent);
        scheduler.access.allow(Permission.IMPERSONATE, Permission.RETRY);

        Retried retried = scheduler.of(ann).retryWithDependents(parent);

        assertThat(retried.dependents()).extracting(Job::id).containsExactly(hers);
        assertThat(retried.refused().get(others)).isInstanceOf(AccessException.class);
    }

    @Test
    void quotasHoldAndWhatWasReservedForNothingIsGivenBack() {
        JobId parent = scheduler.submit();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.fail(parent);
        scheduler.manager.retry(parent);
        scheduler.queue.reserved.clear();
        scheduler.queue.full = new QuotaException("queued.max of alice: 3 of 3 wait");
        assertThat(scheduler.manager.retryWithDependents(parent).refused().get(child))
                .isSameAs(scheduler.queue.full);
        scheduler.queue.full = null;
        scheduler.fault = (method, arguments) -> {
            if (method.equals("move")) {
                throw new StoreException("no room", null);
            }
        };
        assertThat(scheduler.manager.retryWithDependents(parent).refused()).containsOnlyKeys(child);
        assertThat(scheduler.queue.reserved).isEmpty();
        scheduler.fault = (method, arguments) -> {};
        assertThat(scheduler.manager.retryWithDependents(parent).dependents()).hasSize(1);
    }

    @Test
    void moreThanOneSliceComesAlong() {
        JobId parent = scheduler.submit();
        List<JobSpecification> children =
                Stream.generate(() -> dependent(parent)).limit(1_234).toList();
        Set<JobId> ids = new HashSet<>();
        scheduler.manager.submitAll(children).forEach(child -> ids.add(child.id()));
        scheduler.fail(parent);
        scheduler.tidy();

        assertThat(scheduler.manager.retryWithDependents(parent).dependents())
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(ids);

        scheduler.complete(parent);
        scheduler.tidy();
        assertThat(ids).allMatch(id -> scheduler.status(id) == JobStatus.QUEUED);
    }

    private static JobSpecification dependent(JobId parent) {
        return SchedulerFixture.spec().dependsOn(parent).build();
    }
}
