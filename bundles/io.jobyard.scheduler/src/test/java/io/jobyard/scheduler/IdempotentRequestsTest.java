// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.IdempotencyKeyException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.RequestUnfinishedException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.store.IdempotentSubmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestsTest {

    private static final Caller ANN = Caller.user("ann");

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final IdempotentSubmission requests = new IdempotentRequests(
            scheduler.engine.submission, scheduler.memory.requests(), scheduler.access, scheduler.clock);

    private List<Submission> submit(Caller caller, String key, String fingerprint, JobSpecificationBuilder... asked) {
        List<JobSpecification> specifications = new ArrayList<>();
        for (JobSpecificationBuilder one : asked) {
            specifications.add(one.build());
        }
        return requests.submit(caller, key, fingerprint, specifications);
    }

    private int jobs() {
        return scheduler.memory.find(JobQuery.all(100), Set.of()).jobs().size();
    }

    @Test
    void theSameRequestIsDoneOnceAndAnsweredAlike() {
        List<Submission> first = submit(ANN, "k", "f", SchedulerFixture.spec(), SchedulerFixture.spec());
        scheduler.manager.cancel(first.get(0).id());
        assertThat(submit(ANN, "k", "f", SchedulerFixture.spec(), SchedulerFixture.spec()))
                .isEqualTo(first)
                .hasSize(2);
        assertThat(jobs()).isEqualTo(2);
        assertThat(submit(Caller.user("bob"), "k", "g", SchedulerFixture.spec()))
                .as("another's key")
                .isNotEqualTo(first);
    }

    @Test
    void anotherRequestWithTheKeyIsRefusedAndNothingIsStored() {
        submit(ANN, "k", "f", SchedulerFixture.spec());
        assertThatThrownBy(() -> submit(ANN, "k", "g", SchedulerFixture.spec()))
                .isInstanceOf(IdempotencyKeyException.class)
                .hasMessage("the key 'k' belongs to another request, from 2030-01-01T00:00:00Z; use a new key for each"
                        + " request, and the same key only to repeat a request");
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void aDayLaterTheKeyIsFree() {
        List<Submission> first = submit(ANN, "k", "f", SchedulerFixture.spec());
        scheduler.pass(IdempotentSubmission.KEPT.minusSeconds(1));
        assertThat(submit(ANN, "k", "f", SchedulerFixture.spec())).isEqualTo(first);
        scheduler.pass(Duration.ofSeconds(1));
        assertThat(submit(ANN, "k", "g", SchedulerFixture.spec())).isNotEqualTo(first);
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void oneThatComesAgainBeforeTheFirstIsStoredGetsItsAnswer() {
        List<List<Submission>> answers = new ArrayList<>();
        IdempotentSubmission slow = new IdempotentRequests(
                scheduler.engine.submission,
                new RequestStoreBefore(scheduler.memory.requests(), () -> {
                    if (answers.isEmpty()) {
                        answers.add(submit(ANN, "k", "f", SchedulerFixture.spec()));
                    }
                }),
                scheduler.access,
                scheduler.clock);
        assertThat(slow.submit(ANN, "k", "f", List.of(SchedulerFixture.spec().build())))
                .isEqualTo(answers.get(0));
        assertThat(jobs()).isEqualTo(1);
        assertThat(scheduler.queue.reserved)
                .as("without a place of the job that was not stored")
                .containsExactly(answers.get(0).get(0).id());
    }

    @Test
    void anotherRequestIsDoneOnceToo() {
        AtomicInteger calls = new AtomicInteger();
        Supplier<String> call = () -> "{\"n\":" + calls.incrementAndGet() + "}";
        assertThat(requests.answer(ANN, "k", "f", call)).isEqualTo("{\"n\":1}");
        assertThat(requests.answer(ANN, "k", "f", call)).isEqualTo("{\"n\":1}");
        assertThatThrownBy(() -> requests.answer(ANN, "k", "g", call)).isInstanceOf(IdempotencyKeyException.class);
        assertThat(requests.answer(Caller.user("bob"), "k", "f", call)).isEqualTo("{\"n\":2}");
        scheduler.pass(IdempotentSubmission.KEPT);
        assertThat(requests.answer(ANN, "k", "f", call)).isEqualTo("{\"n\":3}");
        assertThatThrownBy(() -> requests.answer(ANN, "a key", "f", call)).isInstanceOf(ValidationException.class);
    }

    @Test
    void aRequestThatIsRefusedMayBeSentAgain() {
        assertThatThrownBy(() -> requests.answer(ANN, "k", "f", () -> {
                    throw new StateConflictException("not now");
                }))
                .isInstanceOf(StateConflictException.class);
        assertThat(requests.answer(ANN, "k", "f", () -> "{}")).isEqualTo("{}");
    }

    /** A host that stops in between leaves the same. */
    @Test
    void aRequestOfWhichNobodyKnowsWhetherItWasDoneIsNotDoneAgain() {
        assertThatThrownBy(() -> requests.answer(ANN, "k", "f", () -> {
                    throw new StoreException("the database is away", null);
                }))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> requests.answer(ANN, "k", "f", () -> "{}"))
                .isInstanceOf(RequestUnfinishedException.class)
                .hasMessageContaining("the request with the key 'k' began at 2030-01-01T00:00:00Z and is unfinished");
    }

    @Test
    void aRequestThatComesAgainWhileItIsDoneIsRefused() {
        assertThat(requests.answer(ANN, "k", "f", () -> {
                    assertThatThrownBy(() -> requests.answer(ANN, "k", "f", () -> "{\"again\":true}"))
                            .isInstanceOf(RequestUnfinishedException.class);
                    return "{}";
                }))
                .isEqualTo("{}");
    }

    @Test
    void jobsThatWereThereByTheirOwnKeysAreAnsweredAlikeToo() {
        JobId there = scheduler
                .of(ANN)
                .submit(SchedulerFixture.spec().key("mine").build())
                .id();
        List<Submission> first = submit(ANN, "k", "f", SchedulerFixture.spec().key("mine"));
        assertThat(first).containsExactly(new Submission(there, first.get(0).status(), true));
        scheduler.manager.cancel(there);
        assertThat(submit(ANN, "k", "f", SchedulerFixture.spec().key("mine"))).isEqualTo(first);

        JobSpecificationBuilder replacing =
                SchedulerFixture.spec().key("other").payload(Map.of("n", 1)).keyPolicy(KeyPolicy.REPLACE);
        scheduler.of(ANN).submit(SchedulerFixture.spec().key("other").build());
        List<Submission> replaced = submit(ANN, "r", "f", replacing);
        assertThat(replaced.get(0).replaced()).isTrue();
        assertThat(submit(ANN, "r", "f", replacing)).isEqualTo(replaced);
    }

    @Test
    void whatIsRefusedIsNotKept() {
        scheduler.access.allow(Permission.VIEW);
        assertThatThrownBy(() -> submit(ANN, "k", "f", SchedulerFixture.spec())).isInstanceOf(AccessException.class);
        scheduler.access.allow(Permission.SUBMIT);
        assertThatThrownBy(() -> submit(ANN, "k", "f", SchedulerFixture.spec().priority(99)))
                .isInstanceOf(ValidationException.class);
        assertThat(submit(ANN, "k", "g", SchedulerFixture.spec())).hasSize(1);
        scheduler.access.allow(Permission.VIEW);
        assertThatThrownBy(() -> submit(ANN, "k", "g", SchedulerFixture.spec()))
                .as("also what was done")
                .isInstanceOf(AccessException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a\n"})
    void aKeyIsPrintable(String key) {
        assertThatThrownBy(() -> submit(ANN, key, "f", SchedulerFixture.spec()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("use 1 to 200 printable ASCII characters");
    }

    @Test
    void whatNeedNotBeKeptIsForgottenInSlices() {
        for (int n = 0; n < RequestRetention.SLICE + 1; n++) {
            submit(ANN, "k" + n, "f", SchedulerFixture.spec());
        }
        scheduler.pass(IdempotentSubmission.KEPT.minusSeconds(1));
        submit(ANN, "last", "f", SchedulerFixture.spec());
        scheduler.pass(Duration.ofSeconds(1));
        List<Long> rests = new ArrayList<>();
        new RequestRetention(scheduler.memory.requests(), scheduler.clock, rests::add).forget();
        assertThat(rests).hasSize(1);
        assertThat(scheduler.memory.requests().find("ann", "k0")).isEmpty();
        assertThat(scheduler.memory.requests().find("ann", "k" + RequestRetention.SLICE))
                .isEmpty();
        assertThat(scheduler.memory.requests().find("ann", "last")).isPresent();
    }
}
