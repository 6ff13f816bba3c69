// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.JobRetention.Purge;
import io.jobyard.doubles.Stub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private final Desk desk = new Desk();
    private RetentionSettings settings = new RetentionSettings(7, 30, 400);
    private final List<Long> rests = new ArrayList<>();
    private final List<String> cuts = new ArrayList<>();
    private final AuditTrail audit = Stub.<AuditTrail>of(AuditTrail.class)
            .on("cut", arguments -> {
                cuts.add("cut " + arguments[0] + " " + arguments[1]);
                return 0L;
            })
            .get();

    private final Retention retention = new Retention(desk.store, audit, () -> settings, desk.clock, rests::add);

    private static Purge purge(long completed, long failed, long cancelled, long needed) {
        return new Purge(
                Map.of(JobStatus.COMPLETED, completed, JobStatus.FAILED, failed, JobStatus.CANCELLED, cancelled),
                needed,
                0);
    }

    private boolean isThere(JobId id) {
        return desk.memory.job(id).isPresent();
    }

    private JobId completed() {
        JobId id = desk.submit();
        desk.complete(id);
        return id;
    }

    private JobId failed() {
        JobId id = desk.submit();
        desk.fail(id);
        return id;
    }

    private JobId cancelled() {
        JobId id = desk.submit();
        desk.manager.cancel(id);
        return id;
    }

    @Test
    void eachStatusIsKeptForItsDays() {
        JobId completed = completed();
        JobId failed = failed();
        JobId cancelled = cancelled();
        desk.clock.advance(Duration.ofDays(7));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 0));
        desk.clock.advance(Duration.ofSeconds(1));
        assertThat(retention.purge(false)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(isThere(completed)).isFalse();
        assertThat(isThere(failed) && isThere(cancelled)).isTrue();

        desk.clock.advance(Duration.ofDays(23));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 1, 1, 0));
        assertThat(isThere(failed) || isThere(cancelled)).isFalse();
    }

    @Test
    void theDaysCountFromTheEndAndNotFromTheSubmit() {
        JobId id = desk.submit();
        desk.clock.advance(Duration.ofDays(100));
        desk.complete(id);
        desk.clock.advance(Duration.ofDays(6));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 0));
        assertThat(isThere(id)).isTrue();
    }

    @Test
    void zeroDaysKeepForEver() {
        settings = new RetentionSettings(0, 0, 0);
        JobId id = completed();
        desk.clock.advance(Duration.ofDays(5_000));
        assertThat(retention.purge(false)).isEqualTo(new Purge(Map.of(), 0, 0));
        assertThat(isThere(id)).isTrue();
    }

    @Test
    void theAuditIsCutAfterItsDays() {
        retention.purge(true);
        retention.purge(false);
        Instant before = desk.clock.instant().minus(Duration.ofDays(400));
        assertThat(cuts).containsExactly("cut " + before + " true", "cut " + before + " false");
        settings = new RetentionSettings(7, 30, 0);
        retention.purge(false);
        assertThat(cuts).hasSize(2);
    }

    @Test
    void whatHasNotEndedStaysHoweverOld() {
        JobId queued = desk.submit();
        desk.clock.advance(Duration.ofDays(5_000));
        retention.purge(false);
        assertThat(isThere(queued)).isTrue();
    }

    @Test
    void whatUnfinishedJobsDependOnStaysAndIsCounted() {
        JobId parent = completed();
        JobId child = desk.submit(Desk.spec().dependsOn(parent));
        desk.clock.advance(Duration.ofDays(8));
        assertThat(retention.purge(true)).isEqualTo(purge(0, 0, 0, 1));
        assertThat(retention.purge(false)).isEqualTo(purge(0, 0, 0, 1));

        desk.complete(child);
        assertThat(retention.purge(false)).isEqualTo(purge(1, 0, 0, 0));
        assertThat(isThere(parent)).isFalse();
        assertThat(isThere(child)).isTrue();
    }

    @Test
    void aDryRunCountsWhatWouldGoAndRemovesNothing() {
        JobId id = completed();
        failed();
        desk.clock.advance(Duration.ofDays(31));
        assertThat(retention.purge(true)).isEqualTo(purge(1, 1, 0, 0));
        assertThat(isThere(id)).isTrue();
        assertThat(retention.purge(false)).isEqualTo(purge(1, 1, 0, 0));
    }

    @Test
    void manyGoSliceBySliceWithARestAfterEach() {
        for (int n = 0; n < 3 * Retention.SLICE + 1; n++) {
            completed();
        }
        desk.clock.advance(Duration.ofDays(8));
        assertThat(retention.purge(false)).isEqualTo(purge(3 * Retention.SLICE + 1, 0, 0, 0));
        assertThat(rests)
                .as("of a search each, also of the two that find none")
                .hasSize(4 + 2)
                .allMatch(nanos -> nanos >= 0);
    }
}
