// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.testkit.InMemorySubmissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was submitted from SQL is admitted as any submit is, or refused with the reason. */
class SubmissionTakerTest {

    private static final Instant CALLED = SchedulerFixture.START.minusSeconds(3);

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final FakeInbox inbox = new FakeInbox();
    private final SubmissionTaker taker = new SubmissionTaker(
            inbox,
            fixture.engine.submission,
            fixture.queue,
            () -> fixture.settings.sizes().maxPayloadBytes());

    /** Over the store in memory. */
    private final class FakeInbox implements SubmissionInbox {

        final InMemorySubmissions stored = fixture.memory.submissions(fixture.clock);
        /** What this host has refused. */
        final Map<JobId, String> refused = new TreeMap<>();

        private long last;
        /** What fails instead of the store. */
        Function<InboxEntry, RuntimeException> fault = entry -> null;

        @Override
        public boolean await(Duration atMost) {
            return stored.await(atMost);
        }

        @Override
        public List<InboxEntry> waiting(int limit, int maxBytes) {
            return stored.waiting(limit, maxBytes);
        }

        List<InboxEntry> entries() {
            return waiting(1_000, 1_000_000);
        }

        @Override
        public CompletableFuture<Boolean> admit(InboxEntry entry, AdmittedJob job) {
            RuntimeException failing = fault.apply(entry);
            return failing != null ? CompletableFuture.failedFuture(failing) : stored.admit(entry, job);
        }

        @Override
        public CompletableFuture<Void> refuse(Map<InboxEntry, String> refusals) {
            refusals.forEach((entry, why) -> refused.put(entry.id(), why));
            return stored.refuse(refusals);
        }

        @Override
        public Optional<RefusedSubmissions> refused(Duration within, int limit) {
            return stored.refused(within, limit);
        }

        JobId put(String specification) {
            long number = ++last;
            JobId id = new JobId(new UUID(CALLED.toEpochMilli() << 16 | 0x7000 | number, Long.MIN_VALUE | number));
            stored.submit(new InboxEntry(number, id, "shop", specification));
            return id;
        }
    }

    private Job job(JobId id) {
        return fixture.memory.job(id).orElseThrow().job();
    }

    @Test
    void aSubmissionBecomesTheJobThatItsCallerWasTold() {
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {\"n\": 1}, \"priority\": 2, \"notBefore\": \"5m\","
                + " \"labels\": {\"run\": \"night\"}}");
        assertThat(taker.take()).isTrue();
        assertThat(inbox.entries()).isEmpty();
        assertThat(job(id).submitter()).isEqualTo("shop");
        assertThat(job(id).createdAt()).as("when it was called").isEqualTo(CALLED);
        assertThat(job(id).terms().routing().priority()).isEqualTo(2);
        assertThat(job(id).terms().times().notBefore()).isEqualTo(CALLED.plus(Duration.ofMinutes(5)));
        assertThat(fixture.memory.payload(id)).hasValue("{\"n\":1}");
        assertThat(fixture.memory.history(id))
                .extracting(HistoryEvent::who, HistoryEvent::at)
                .containsExactly(tuple("shop", SchedulerFixture.START));
        assertThat(fixture.queue.reserved).contains(id);
        assertThat(taker.take()).as("nothing waits").isFalse();
    }

    @Test
    void laterOnesDependOnEarlierOnes() {
        JobId first = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        JobId second = inbox.put("{\"type\": \"work\", \"payload\": {}, \"dependencies\": [\"" + first + "\"]}");
        JobId third = inbox.put(
                "{\"type\": \"work\", \"payload\": {}, \"dependencies\": [\"" + second + "\", \"" + first + "\"]}");
        taker.take();
        assertThat(inbox.refused).isEmpty();
        assertThat(fixture.memory.dependencies(List.of(third)).get(third)).containsExactly(second, first);
        assertThat(job(third).status()).isEqualTo(JobStatus.WAITING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"priority\": 99 | priority 99 is out of range",
                "\"priority\": \"first\" | the specification: priority must be a whole number",
                "\"delay\": 5 | unknown field 'delay'; use type, payload",
                "\"dependencies\": [\"01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90\"] | unknown dependency 01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90: no job has this ID",
                "\"dependencies\": [\"8a90\"] | invalid job ID '8a90'",
                "\"expires\": \"2s\" | expires",
                "\"queue\": \"a b\" | invalid queue 'a b'"
            })
    void whatASubmitWouldRefuseIsRefused(String field, String why) {
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}, " + field + "}");
        JobId sound = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        taker.take();
        assertThat(inbox.refused).containsOnlyKeys(id);
        assertThat(inbox.refused.get(id)).contains(why);
        assertThat(job(sound).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void theHandlersSchemaIsAsked() {
        fixture.handlers.problems.add(new FieldProblem("payload.to", "payload.to is missing"));
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        taker.take();
        assertThat(inbox.refused).containsEntry(id, "payload.to is missing");
    }

    @Test
    void theReasonOfAFailedCheckHasNoMessageWhichMayNameValues() {
        fixture.fault = (method, arguments) -> {
            if (method.equals("keyHolders")) {
                throw new IllegalStateException("the payload says hunter2");
            }
        };
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}, \"key\": \"k\"}");
        taker.take();
        assertThat(inbox.refused)
                .containsEntry(id, "the check failed with java.lang.IllegalStateException; see the host's log");
    }

    @Test
    void aRoleThatMayNotSubmitIsRefused() {
        fixture.access.allow(Permission.VIEW);
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        taker.take();
        assertThat(inbox.refused.get(id)).contains("role shop of the database may not submit jobs");
        assertThat(fixture.queue.reserved).isEmpty();
    }

    @Test
    void aNameThatIsTheHostsOwnIsRefused() {
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        inbox.stored.submit(new InboxEntry(1, id, "jobyard", "{\"type\": \"work\", \"payload\": {}}"));
        taker.take();
        assertThat(inbox.refused.get(id)).contains("jobyard");
    }

    @Test
    void quotasHoldAndWhatIsTooLongIsNotEvenRead() {
        fixture.queue.full = new QuotaException("shop has 5 jobs");
        JobId full = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        taker.take();
        fixture.queue.full = null;
        JobId large = inbox.put("{\"type\": \"work\", \"payload\": {\"text\": \"" + "x".repeat(5_000) + "\"}}");
        JobId huge = inbox.put("{\"type\": \"work\", \"payload\": {\"text\": \"" + "x".repeat(80_000) + "\"}}");
        taker.take();
        assertThat(inbox.refused.get(full)).isEqualTo("shop has 5 jobs");
        assertThat(inbox.refused.get(large)).contains("max.payload.bytes");
        assertThat(inbox.refused.get(huge)).contains("more than 73728 bytes");
    }

    @Test
    void aKeyThatIsTakenMeanwhileIsRefusedWithItsHolder() {
        JobId holder = inbox.put("{\"type\": \"work\", \"payload\": {}, \"key\": \"k\"}");
        taker.take();
        JobId second = inbox.put("{\"type\": \"work\", \"payload\": {}, \"key\": \"k\"}");
        taker.take();
        assertThat(inbox.refused.get(second)).contains("key 'k' is in use by the unfinished job " + holder);
        assertThat(fixture.memory.job(second)).isEmpty();
    }

    @Test
    void whatAnotherHostHasTakenIsNotCounted() {
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        inbox.fault = entry -> {
            inbox.stored.refuse(Map.of(entry, "by another host")).join();
            return null;
        };
        assertThat(taker.take()).isTrue();
        assertThat(inbox.refused).isEmpty();
        assertThat(fixture.memory.job(id)).isEmpty();
        assertThat(fixture.queue.reserved).isEmpty();
    }

    @Test
    void whatTheStoreDoesNotTakeNowWaitsHoweverOften() {
        JobId id = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        inbox.fault = entry -> new StoreException("the database is away", null);
        for (int n = 0; n < 50; n++) {
            assertThat(taker.take()).as("whether to try again at once").isFalse();
        }
        assertThat(inbox.refused).isEmpty();
        assertThat(fixture.queue.reserved).isEmpty();
        inbox.fault = entry -> null;
        assertThat(taker.take()).isTrue();
        assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void whatTheDatabaseNeverTakesIsRefusedInTheEnd() {
        JobId bad = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        JobId sound = inbox.put("{\"type\": \"work\", \"payload\": {}}");
        inbox.fault = entry -> entry.id().equals(bad) ? new ValidationException("a value is too long") : null;
        List<Boolean> more = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            assertThat(inbox.refused).isEmpty();
            more.add(taker.take());
        }
        assertThat(more).containsOnly(false);
        assertThat(inbox.refused).containsEntry(bad, "a value is too long");
        assertThat(job(sound).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aStoreThatDoesNotAnswerTheChecksRefusesNothing() {
        inbox.put("{\"type\": \"work\", \"payload\": {}, \"key\": \"k\"}");
        fixture.fault = (method, arguments) -> {
            if (method.equals("keyHolders")) {
                throw new StoreException("the database did not answer", null);
            }
        };
        assertThatThrownBy(taker::take).isInstanceOf(StoreException.class);
        assertThat(inbox.refused).isEmpty();
        assertThat(inbox.entries()).hasSize(1);
    }
}
