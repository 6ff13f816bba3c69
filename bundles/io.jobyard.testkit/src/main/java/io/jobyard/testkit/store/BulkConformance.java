// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

interface BulkConformance extends Conformance {

    Instant NOW = Instant.parse("2026-11-25T12:00:00.123456Z");

    private BulkStore bulks() {
        return under().service(BulkStore.class);
    }

    private StoredBulk begin(BulkRequest request, Caller caller) {
        return done(bulks().begin(
                        StoredBulk.asked(request, caller, NOW),
                        bulk -> new AuditEntry(NOW, "user ann", "bulk retry", "jobs", "bulk " + bulk.number())));
    }

    private static BulkRequest retry() {
        return new BulkRequest(BulkAction.RETRY, JobFilter.ALL.withType("echo"), null);
    }

    @Test
    default void whatIsAskedForManyIsKeptAsItWasAsked() {
        JobFilter filter = new JobFilter(
                new JobFilter.StateFilter(
                        Set.of(JobStatus.QUEUED, JobStatus.WAITING), Set.of(Reason.RATE_LIMITED), "50 %"),
                Set.of("echo", "sleep"),
                Set.of("llm"),
                Set.of("ann", "bea"),
                java.util.Map.of("a", "b=\"c\""),
                "nightly",
                "night",
                new JobFilter.CreatedRange(NOW.minusSeconds(60), NOW));
        JobChange change = new JobChange()
                .priority(2)
                .queue(null)
                .notBefore(NOW)
                .timeout(Duration.ofSeconds(90))
                .label("x", "y")
                .label("z", null)
                .limits("one", "two");
        Caller caller = Caller.user("bea")
                .by(new TokenScope("nightly", Permission.parse("impersonate, retry:all")))
                .as("ann");
        StoredBulk stored = begin(new BulkRequest(BulkAction.CHANGE, filter, change), caller);
        StoredBulk next = begin(retry(), Caller.bundle("com.acme"));

        StoredBulk read = bulks().bulk(stored.number()).orElseThrow();
        assertThat(read.request().filter()).isEqualTo(filter);
        assertThat(read.request().change().values()).isEqualTo(change.values());
        assertThat(read.caller()).isEqualTo(caller);
        assertThat(read.askedAt()).isEqualTo(NOW);
        assertThat(next.number()).isEqualTo(stored.number() + 1);
        assertThat(bulks().bulks(10)).extracting(StoredBulk::number).containsExactly(next.number(), stored.number());
        assertThat(bulks().bulks(1)).hasSize(1);
        assertThat(bulks().bulk(77)).isEmpty();
    }

    @Test
    default void aSliceChangesItsJobsAndTellsHowFarItIsInOneCommit() {
        StoredBulk bulk = begin(retry(), Caller.user("ann"));
        StoredJob one = move(Moves.fail(move(Moves.start(admit(Draft.job()), jobs())), "boom"));
        StoredJob other = move(Moves.fail(move(Moves.start(admit(Draft.job()), jobs())), "boom"));
        StoredJob changed = admit(Draft.job());
        complete(changed);

        StoredBulk further = bulk.further(one.id(), 3, 1, "not yours");
        List<Boolean> made = done(bulks().slice(
                        further,
                        List.of(Moves.queue(one), Moves.queue(other), Moves.start(changed, jobs())),
                        (job, edges) -> null));
        assertThat(made).containsExactly(true, true, false);
        assertThat(read(one.id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(read(other.id()).status()).isEqualTo(JobStatus.QUEUED);
        StoredBulk read = bulks().bulk(bulk.number()).orElseThrow();
        assertThat(read.position().after()).isEqualTo(one.id());
        assertThat(read.position().done()).isEqualTo(3);
        assertThat(read.position().refused()).isEqualTo(1);
        assertThat(read.position().refusal()).isEqualTo("not yours");
    }

    @Test
    default void whatIsNotOverIsThereAfterARestartTheFirstFirst() {
        StoredBulk first = begin(retry(), Caller.user("ann"));
        StoredBulk second = begin(retry(), Caller.user("bob"));
        under().restart();
        assertThat(bulks().unfinished()).map(StoredBulk::number).contains(first.number());

        jobs().released(List.of()).join(); // after the election of the new incarnation
        done(bulks().end(first.ended(NOW), new AuditEntry(NOW, "user ann", "bulk retry", "jobs", "2 done")));
        assertThat(bulks().unfinished()).map(StoredBulk::number).contains(second.number());
        assertThat(bulks().bulk(first.number()).orElseThrow().endedAt()).isEqualTo(NOW);
    }

    @Test
    default void aStopIsKeptWhileItGoesOnAndComesTooLateAtItsEnd() {
        StoredBulk bulk = begin(retry(), Caller.user("ann"));
        done(bulks().stop(bulk.number(), "bob"));
        done(bulks().slice(bulk.further(null, 1, 0, null), List.of(), (job, edges) -> null));
        StoredBulk read = bulks().bulk(bulk.number()).orElseThrow();
        assertThat(read.stoppedBy()).isEqualTo("bob");
        assertThat(read.position().done()).isEqualTo(1);

        StoredBulk other = begin(retry(), Caller.user("ann"));
        done(bulks().end(other.ended(NOW), new AuditEntry(NOW, "user ann", "bulk retry", "jobs", "")));
        done(bulks().stop(other.number(), "bob"));
        assertThat(bulks().bulk(other.number()).orElseThrow().stoppedBy()).isNull();
    }
}
