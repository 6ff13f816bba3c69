// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.RunUse;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.store.JobRetention.Purge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private RetentionSettings settings = new RetentionSettings(7, 30, 400, 400, 48, 500, null);
    private final List<Long> rests = new ArrayList<>();
    private final List<String> cuts = new ArrayList<>();
    private final AuditTrail audit = Stub.<AuditTrail>of(AuditTrail.class)
            .on("cut", arguments -> {
                cuts.add("cut " + arguments[0] + " " + arguments[1]);
                return 0L;
            })
            .get();

    private final Retention retention = new Retention(
            scheduler.retained(audit),
            scheduler.store::removal,
            () -> settings,
            scheduler.handlers::typeRules,
            scheduler.clock,
            rests::add);

    private static Purge purge(long completed, long failed, long cancelled, long needed) {
        return new Purge(
                Map.of(JobStatus.COMPLETED, completed, JobStatus.FAILED, failed, JobStatus.CANCELLED, cancelled),
                needed,
                0,
                0);
    }

    private boolean isThere(JobId id) {
        return scheduler.memory.job(id).isPresent();
    }

    private JobId completed() {
        JobId id = scheduler.submit();
        scheduler.complete(id);
        return id;
    }

    private JobId failed() {
        JobId id = scheduler.submit();
        scheduler.fail(id);
        return id;
    }

    private JobId cancelled() {
        JobId id = scheduler.submit();
        scheduler.manager.cancel(id);
        return id;
    }

    @Test
    void eachStatusIsKeptForItsDays() {
        JobId completed = completed();
        JobId failed = failed();
        JobId cancelled = cancelled();
        scheduler.clock.advance(Duration.ofDays(7));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 0));
        scheduler.clock.advance(Duration.ofSeconds(1));
        assertThat(retention.purge(false)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(isThere(completed)).isFalse();
        assertThat(isThere(failed) && isThere(cancelled)).isTrue();

        scheduler.clock.advance(Duration.ofDays(23));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 1, 1, 0));
        assertThat(isThere(failed) || isThere(cancelled)).isFalse();
    }

    @Test
    void theDaysCountFromTheEndAndNotFromTheSubmit() {
        JobId id = scheduler.submit();
        scheduler.clock.advance(Duration.ofDays(100));
        scheduler.complete(id);
        scheduler.clock.advance(Duration.ofDays(6));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 0));
        assertThat(isThere(id)).isTrue();
    }

    @Test
    void zeroDaysKeepForEver() {
        settings = new RetentionSettings(0, 0, 0, 0, 48, 500, null);
        JobId id = completed();
        scheduler.clock.advance(Duration.ofDays(5_000));
        assertThat(retention.purge(false)).isEqualTo(new Purge(Map.of(), 0, 0, 0));
        assertThat(isThere(id)).isTrue();
    }

    @Test
    void jobsOfATypeAreKeptForItsDaysWhereItHasSome() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        new TypeRules.KeptDays(1, null),
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobId completed = completed();
        JobId failed = failed();
        JobId other = scheduler.submit(JobSpecification.type("other").payload(Map.of()));
        scheduler.complete(other);
        scheduler.clock.advance(Duration.ofDays(2));
        assertThat(retention.purge(true)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(retention.purge(false)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(isThere(completed)).isFalse();
        assertThat(isThere(failed) && isThere(other)).isTrue();
    }

    @Test
    void jobsOfATypeAreKeptForEverWhereItSaysSo() {
        scheduler.handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        new TypeRules.KeptDays(0, 0),
                        null,
                        null,
                        HiddenFields.NONE,
                        false));
        JobId kept = completed();
        failed();
        scheduler.clock.advance(Duration.ofDays(5_000));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 0));
        assertThat(isThere(kept)).isTrue();
    }

    @Test
    void theAuditIsCutAfterItsDays() {
        retention.purge(true);
        retention.purge(false);
        Instant before = scheduler.clock.instant().minus(Duration.ofDays(400));
        assertThat(cuts).containsExactly("cut " + before + " true", "cut " + before + " false");
        settings = new RetentionSettings(7, 30, 0, 0, 48, 500, null);
        retention.purge(false);
        assertThat(cuts).hasSize(2);
    }

    @Test
    void whatRunsUsedIsForgottenAfterItsDays() {
        List<RunUse> uses = new ArrayList<>();
        for (int day = 0; day < 600; day++) {
            uses.add(new RunUse(
                    new RunUse.MeteredRun(
                            scheduler.submit(), 1, scheduler.clock.instant(), "ann", "llm", null, Map.of()),
                    "tokens",
                    day,
                    null));
            scheduler.clock.advance(Duration.ofDays(1));
        }
        scheduler.memory.usage().keep(uses).join();
        scheduler.clock.advance(Duration.ofDays(100));

        assertThat(retention.purge(true).usage()).isEqualTo(300);
        assertThat(retention.purge(false).usage()).isEqualTo(300);
        assertThat(scheduler.memory.usage().uses(Instant.EPOCH, scheduler.clock.instant(), null, 1_000))
                .containsExactlyElementsOf(uses.subList(300, 600));
        assertThat(retention.purge(false).usage()).isZero();

        settings = new RetentionSettings(7, 30, 400, 0, 48, 500, null);
        scheduler.clock.advance(Duration.ofDays(5_000));
        assertThat(retention.purge(false).usage()).isZero();
    }

    @Test
    void whatHasNotEndedStaysHoweverOld() {
        JobId queued = scheduler.submit();
        scheduler.clock.advance(Duration.ofDays(5_000));
        retention.purge(false);
        assertThat(isThere(queued)).isTrue();
    }

    @Test
    void whatUnfinishedJobsDependOnStaysAndIsCounted() {
        JobId parent = completed();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.clock.advance(Duration.ofDays(8));
        assertThat(retention.purge(true)).isEqualTo(purge(0, 0, 0, 1));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 1));

        scheduler.complete(child);
        assertThat(retention.purge(false)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(isThere(parent)).isFalse();
        assertThat(isThere(child)).isTrue();
    }

    @Test
    void aDryRunCountsWhatWouldGoAndRemovesNothing() {
        JobId id = completed();
        failed();
        scheduler.clock.advance(Duration.ofDays(31));
        assertThat(retention.purge(true)).isEqualTo(purge(1, 1, 0, 0));
        assertThat(isThere(id)).isTrue();
        assertThat(retention.purge(false)).isEqualTo(purge(1, 1, 0, 0));
    }

    @Test
    void manyGoSliceBySliceWithARestAfterEach() {
        for (int n = 0; n < 3 * Retention.SLICE + 1; n++) {
            completed();
        }
        scheduler.clock.advance(Duration.ofDays(8));
        assertThat(retention.purge(false)).isEqualTo(purge(3 * Retention.SLICE + 1, 0, 0, 0));
        assertThat(rests)
                .as("of a search each, also of the two that find none")
                .hasSize(4 + 2)
                .allMatch(nanos -> nanos >= 0);
    }
}
