// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types that no handler ever served. */
class UnknownTypesTest {

    private static final Duration GRACE = Duration.ofSeconds(86_400);

    private final Desk desk = new Desk();

    @Test
    void aJobOfAnUnknownTypeFailsOnceTheGraceIsOver() {
        JobId id = submit("fax");
        desk.tidy();
        desk.pass(GRACE.minusNanos(1_000));
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);

        desk.pass(Duration.ofNanos(1_000));
        desk.tidy();

        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(desk.job(id).state().reason()).isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(desk.job(id).state().error()).isEqualTo("No handler registered for job type: fax");
    }

    @Test
    void theGraceCountsFromWhenTheTypeWasFirstMissedWhileThisHostIsUp() {
        JobId id = submit("fax");
        desk.tidy();
        desk.pass(GRACE.minusSeconds(1));

        Desk next = desk.restart();
        next.tidy();
        next.pass(GRACE.minusSeconds(1));
        next.tidy();
        assertThat(next.status(id)).isEqualTo(JobStatus.QUEUED);

        next.pass(Duration.ofSeconds(1));
        next.tidy();
        assertThat(next.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aTypeThatWasEverServedIsWaitedForWithoutEnd() {
        desk.handlers.come("fax");
        desk.tidy();
        assertThat(desk.memory.servedTypes()).containsExactlyInAnyOrder("fax", "work");
        desk.handlers.go("fax");
        JobId id = submit("fax");
        desk.tidy();
        desk.pass(GRACE.multipliedBy(9));
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);

        Desk next = desk.restart();
        next.tidy();
        next.pass(GRACE.multipliedBy(9));
        next.tidy();
        assertThat(next.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aHandlerThatComesWithinTheGraceSavesTheJob() {
        JobId id = submit("fax");
        desk.tidy();
        desk.pass(GRACE.minusSeconds(1));
        desk.handlers.come("fax");
        desk.tidy();
        desk.pass(GRACE);
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void noGraceMeansForEver() {
        desk.settings = new SchedulerSettings(60, 3, 5, 2, 600, 0, 4_096, 4_096, 10_000, 16_384);
        JobId id = submit("fax");
        desk.tidy();
        desk.pass(Duration.ofDays(3_650));
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aWallClockThatJumpsEndsNoGraceAndDelaysNone() {
        JobId id = submit("fax");
        desk.tidy();
        desk.clock.advance(GRACE.multipliedBy(9));
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.QUEUED);

        desk.clock.advance(GRACE.multipliedBy(-18));
        desk.pass(GRACE);
        desk.tidy();
        assertThat(desk.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void allJobsOfTheTypeFailInSlices() {
        List<JobId> ids = new ArrayList<>();
        for (int n = 0; n < 1_050; n++) {
            ids.add(submit("fax"));
        }
        JobId known = desk.submit();
        desk.tidy();
        desk.pass(GRACE);
        desk.tidy();
        ids.forEach(id -> assertThat(desk.job(id).state().reason()).isEqualTo(Reason.UNKNOWN_TYPE));
        assertThat(desk.status(known)).isEqualTo(JobStatus.QUEUED);
    }

    private JobId submit(String type) {
        return desk.submit(JobSpecification.type(type).payload(Map.of()));
    }
}
