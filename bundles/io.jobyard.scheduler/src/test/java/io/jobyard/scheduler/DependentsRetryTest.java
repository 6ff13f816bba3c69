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
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a retry with dependents takes along. */
class DependentsRetryTest {

    private final Desk desk = new Desk();

    @Test
    void whatEndedBecauseOfTheJobWaitsForItAgainAndCompletes() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        JobId grandchild = desk.submit(Desk.spec().dependsOn(child));
        JobId stranger = desk.submit(Desk.spec());
        desk.fail(parent);
        desk.fail(stranger);
        assertThat(desk.job(grandchild).state().reason()).isEqualTo(Reason.DEPENDENCY);

        Retried retried = desk.manager.retryWithDependents(parent);

        assertThat(retried.job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(retried.dependents()).extracting(Job::id).containsExactly(child, grandchild);
        assertThat(retried.dependents()).extracting(Job::status).containsOnly(JobStatus.WAITING);
        assertThat(retried.refused()).isEmpty();
        assertThat(desk.memory.endedBecauseOf(parent, null, 9)).isEmpty();
        for (JobId id : List.of(parent, child, grandchild)) {
            desk.complete(id);
        }
        assertThat(desk.status(stranger)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aRetryAloneLeavesThemAndTheyCanBeTakenAlongLater() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.fail(parent);
        desk.manager.retry(parent);
        assertThat(desk.status(child)).isEqualTo(JobStatus.FAILED);
        desk.complete(parent);

        Retried retried = desk.manager.retryWithDependents(parent);

        assertThat(retried.job().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(retried.dependents())
                .singleElement()
                .satisfies(job -> assertThat(job.status()).isEqualTo(JobStatus.QUEUED));
        assertThatThrownBy(() -> desk.manager.retryWithDependents(parent)).isInstanceOf(StateConflictException.class);
    }

    @Test
    void whoWasEndedByOneJobAndBlamesAnotherTooComesWithEither() {
        JobId first = desk.submit();
        JobId second = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(first, second));
        desk.fail(first);
        desk.fail(second);
        desk.tidy();
        desk.manager.retry(first);
        desk.complete(first);

        assertThat(desk.manager.retryWithDependents(second).dependents())
                .extracting(Job::id)
                .containsExactly(child);

        desk.complete(second);
        desk.complete(child);
    }

    @Test
    void whatSomebodyCancelledDoesNotComeAlong() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.manager.cancel(child);
        desk.fail(parent);
        desk.tidy();
        assertThat(desk.manager.retryWithDependents(parent).dependents()).isEmpty();
        assertThat(desk.status(child)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void whatCannotBeRetriedIsToldByNameAndTheOthersAre() {
        JobId parent = desk.submit();
        JobId expired = desk.submit(Desk.spec().dependsOn(parent).expires(Desk.START.plusSeconds(5)));
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        JobId behind = desk.submit(Desk.spec().dependsOn(expired));
        desk.fail(parent);
        desk.clock.set(Desk.START.plusSeconds(6));

        Retried retried = desk.manager.retryWithDependents(parent);

        assertThat(retried.dependents()).extracting(Job::id).containsExactly(child);
        assertThat(retried.refused()).containsOnlyKeys(expired);
        assertThat(retried.refused().get(expired)).hasMessageContaining("job " + expired + " expired at");
        assertThat(desk.status(behind)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void onlyWhatTheCallerMayRetryComesAlong() {
        Caller ann = Caller.administrator("root").as("ann");
        JobId parent = desk.of(ann).submit(Desk.spec().build()).id();
        JobId hers = desk.of(ann).submit(dependent(parent)).id();
        JobId others = desk.manager.submit(dependent(parent)).id();
        desk.fail(parent);
        desk.access.allow(Permission.IMPERSONATE, Permission.RETRY);

        Retried retried = desk.of(ann).retryWithDependents(parent);

        assertThat(retried.dependents()).extracting(Job::id).containsExactly(hers);
        assertThat(retried.refused().get(others)).isInstanceOf(AccessException.class);
    }

    @Test
    void quotasHoldAndWhatWasReservedForNothingIsGivenBack() {
        JobId parent = desk.submit();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.fail(parent);
        desk.manager.retry(parent);
        desk.queue.reserved.clear();
        desk.queue.full = new QuotaException("queued.max of alice: 3 of 3 wait");
        assertThat(desk.manager.retryWithDependents(parent).refused().get(child))
                .isSameAs(desk.queue.full);
        desk.queue.full = null;
        desk.fault = (method, arguments) -> {
            if (method.equals("move")) {
                throw new StoreException("no room", null);
            }
        };
        assertThat(desk.manager.retryWithDependents(parent).refused()).containsOnlyKeys(child);
        assertThat(desk.queue.reserved).isEmpty();
        desk.fault = (method, arguments) -> {};
        assertThat(desk.manager.retryWithDependents(parent).dependents()).hasSize(1);
    }

    @Test
    void moreThanOneSliceComesAlong() {
        JobId parent = desk.submit();
        List<JobSpecification> children =
                Stream.generate(() -> dependent(parent)).limit(1_234).toList();
        Set<JobId> ids = new HashSet<>();
        desk.manager.submitAll(children).forEach(child -> ids.add(child.id()));
        desk.fail(parent);
        desk.tidy();

        assertThat(desk.manager.retryWithDependents(parent).dependents())
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(ids);

        desk.complete(parent);
        desk.tidy();
        assertThat(ids).allMatch(id -> desk.status(id) == JobStatus.QUEUED);
    }

    private static JobSpecification dependent(JobId parent) {
        return Desk.spec().dependsOn(parent).build();
    }
}
