// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.KeyTakenException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One live job for a submitter's key. */
class KeysTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void theSameKeyGivesTheFirstJobUntilItIsFinal() {
        JobId first = scheduler.submit(SchedulerFixture.spec().key("k"));
        scheduler.claim(first);

        Submission again =
                scheduler.manager.submit(SchedulerFixture.spec().key("k").build());

        assertThat(again).isEqualTo(new Submission(first, JobStatus.RUNNING, true));
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void aFinalJobFreesItsKey() {
        JobId first = scheduler.submit(SchedulerFixture.spec().key("k"));
        scheduler.complete(first);

        Submission next =
                scheduler.manager.submit(SchedulerFixture.spec().key("k").build());

        assertThat(next.duplicate()).isFalse();
        assertThat(next.id()).isNotEqualTo(first);
    }

    @Test
    void aBatchAsksForAllItsKeysAtOnce() {
        List<JobSpecification> batch = IntStream.range(0, 500)
                .mapToObj(n -> SchedulerFixture.spec().key("k" + n).build())
                .toList();
        List<Submission> first = scheduler.manager.submitAll(batch);
        List<String> asked = new CopyOnWriteArrayList<>();
        scheduler.fault = (method, arguments) -> asked.add(method);

        List<Submission> again = scheduler.manager.submitAll(batch);

        assertThat(again).extracting(Submission::id).containsExactlyElementsOf(ids(first));
        assertThat(again).allMatch(Submission::duplicate);
        assertThat(asked).containsExactly("keyHolders", "jobs");
    }

    private static List<JobId> ids(List<Submission> submissions) {
        return submissions.stream().map(Submission::id).toList();
    }

    @Test
    void anotherSubmittersKeyIsAnother() {
        scheduler.submit(SchedulerFixture.spec().key("k"));
        assertThat(scheduler
                        .manager
                        .as("bob")
                        .submit(SchedulerFixture.spec().key("k").build())
                        .duplicate())
                .isFalse();
    }

    @Test
    void aKeyTwiceInOneCallIsOneJobThatOthersMayWaitFor() {
        List<Submission> answers = scheduler.manager.submitAll(List.of(
                SchedulerFixture.spec().key("k").name("a").build(),
                SchedulerFixture.spec().key("k").name("b").build(),
                SchedulerFixture.spec().dependsOn("b").build()));

        JobId id = answers.get(0).id();
        assertThat(answers.get(1)).isEqualTo(new Submission(id, JobStatus.QUEUED, true));
        assertThat(scheduler.memory.dependencies(answers.get(2).id())).containsExactly(id);
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void othersOfTheCallDependOnTheJobThatHoldsTheKey() {
        JobId first = scheduler.submit(SchedulerFixture.spec().key("k"));

        List<Submission> answers = scheduler.manager.submitAll(List.of(
                SchedulerFixture.spec().key("k").name("a").build(),
                SchedulerFixture.spec().dependsOn("a").build()));

        assertThat(answers.get(0).id()).isEqualTo(first);
        assertThat(scheduler.memory.dependencies(answers.get(1).id())).containsExactly(first);
    }

    @Test
    void whoLosesTheRaceForAKeyGetsTheWinnersJob() {
        AtomicReference<JobId> winner = new AtomicReference<>();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit") && winner.get() == null) {
                winner.set(new JobId(new UUID(0, 0)));
                winner.set(scheduler.submit(SchedulerFixture.spec().key("k")));
            }
        };

        List<Submission> answers = scheduler.manager.submitAll(List.of(
                SchedulerFixture.spec().build(),
                SchedulerFixture.spec().key("k").build()));

        assertThat(answers.get(1)).isEqualTo(new Submission(winner.get(), JobStatus.QUEUED, true));
        assertThat(answers.get(0).duplicate()).isFalse();
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void aHolderThatCannotBeFoundByItsKeyEndsInAClearRefusal() {
        JobId ghost = new JobId(new UUID(0, 7));
        AtomicInteger asked = new AtomicInteger();
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                asked.incrementAndGet();
                throw new KeyTakenException("k", ghost);
            }
        };
        assertThatThrownBy(() -> scheduler.submit(SchedulerFixture.spec().key("k")))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(
                        "key 'k' is held by job " + ghost + ", but the store does not find that job by its key")
                .hasMessageContaining("nothing was stored");
        assertThat(asked).hasValue(100);
        assertThat(jobs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k ", " k", "\u00a0k"})
    void aKeyThatDatabasesMayTakeForAnotherIsRefused(String key) {
        assertThatThrownBy(() -> scheduler.submit(SchedulerFixture.spec().key(key)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("invalid key '" + key + "': remove the space at its beginning or end");
    }

    @Test
    void whatTheStoreRefusesIsThrownAndNothingIsStored() {
        scheduler.fault = (method, arguments) -> {
            if (method.equals("admit")) {
                throw new QuotaException("too much is waiting");
            }
        };
        assertThatThrownBy(() -> scheduler.manager.submitAll(List.of(
                        SchedulerFixture.spec().build(), SchedulerFixture.spec().build())))
                .isInstanceOf(QuotaException.class);
        assertThatThrownBy(() -> Futures.join(CompletableFuture.failedFuture(new QuotaException("full"))))
                .isInstanceOf(QuotaException.class);
        assertThat(scheduler.memory.nextDue()).isEqualTo(Optional.empty());
        assertThat(jobs()).isZero();
    }

    private int jobs() {
        return scheduler.memory.find(JobQuery.all(10_000), Set.of()).jobs().size();
    }
}
