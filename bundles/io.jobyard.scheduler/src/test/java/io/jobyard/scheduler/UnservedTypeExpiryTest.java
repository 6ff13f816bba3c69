// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.jobs.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Types that no handler ever served. */
class UnservedTypeExpiryTest {

    private static final Duration GRACE = Duration.ofSeconds(86_400);

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aJobOfAnUnknownTypeFailsOnceTheGraceIsOver() {
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE.minusNanos(1_000));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);

        scheduler.pass(Duration.ofNanos(1_000));
        scheduler.tidy();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
        assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(scheduler.job(id).state().error()).isEqualTo("No handler registered for job type: fax");
    }

    /** A host may have hundreds of thousands of lanes, and looks for such types again and again. */
    @Test
    void lanesAreNotLookedThroughBeforeTheGraceOfATypeIsOver() {
        submit("work");
        submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE.minusNanos(1_000));
        scheduler.tidy();

        assertThat(scheduler.queue.looks).isZero();
    }

    @Test
    void theGraceCountsFromWhenTheTypeWasFirstMissedWhileThisHostIsUp() {
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE.minusSeconds(1));

        SchedulerFixture next = scheduler.restart();
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
        scheduler.handlers.come("fax");
        scheduler.tidy();
        assertThat(scheduler.memory.servedTypes()).containsExactlyInAnyOrder("fax", "work");
        scheduler.handlers.go("fax");
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE.multipliedBy(9));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);

        SchedulerFixture next = scheduler.restart();
        next.tidy();
        next.pass(GRACE.multipliedBy(9));
        next.tidy();
        assertThat(next.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aTypeThatAnotherHostServesIsKnown() {
        HostHandler fax = new HostHandler("fax", new HandlerName("1.0.0", "test 1.0.0"), Set.of(), null);
        hosts(true, new HostOffer(new Slots(4, 0), List.of(fax), false, "1"));
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE);

        scheduler.tidy();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aTypeThatWasServedWhileAnotherHostWasTheLeaderIsKnown() {
        JobId id = submit("fax");
        scheduler.tidy();
        hosts(false, HostOffer.NOTHING);
        scheduler.memory.served(List.of("fax"));
        hosts(true, HostOffer.NOTHING);
        scheduler.pass(GRACE);

        scheduler.tidy();

        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    private void hosts(boolean isLeader, HostOffer ofTheOther) {
        HostIncarnation here = new HostIncarnation(
                SchedulerFixture.INCARNATION, "here", SchedulerFixture.START, null, isLeader, HostOffer.NOTHING, null);
        HostIncarnation other = new HostIncarnation(
                new UUID(0, 9), "host-2:1", SchedulerFixture.START, null, !isLeader, ofTheOther, null);
        scheduler.engine.hosts(new Hosts(SchedulerFixture.INCARNATION, List.of(here, other)));
    }

    @Test
    void aHandlerThatComesWithinTheGraceSavesTheJob() {
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(GRACE.minusSeconds(1));
        scheduler.handlers.come("fax");
        scheduler.tidy();
        scheduler.pass(GRACE);
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void noGraceMeansForEver() {
        scheduler.settings = new SchedulerSettings(
                60, 3, 100, 5, 2, 600, 0, new SchedulerSettings.SubmissionSizes(4_096, 4_096, 10_000, 16_384));
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.pass(Duration.ofDays(3_650));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aWallClockThatJumpsEndsNoGraceAndDelaysNone() {
        JobId id = submit("fax");
        scheduler.tidy();
        scheduler.clock.advance(GRACE.multipliedBy(9));
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.QUEUED);

        scheduler.clock.advance(GRACE.multipliedBy(-18));
        scheduler.pass(GRACE);
        scheduler.tidy();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void allJobsOfTheTypeFailInSlices() {
        List<JobId> ids = new ArrayList<>();
        for (int n = 0; n < 1_050; n++) {
            ids.add(submit("fax"));
        }
        JobId known = scheduler.submit();
        scheduler.tidy();
        scheduler.pass(GRACE);
        scheduler.tidy();
        ids.forEach(id -> assertThat(scheduler.job(id).state().reason()).isEqualTo(Reason.UNKNOWN_TYPE));
        assertThat(scheduler.status(known)).isEqualTo(JobStatus.QUEUED);
    }

    private JobId submit(String type) {
        return scheduler.submit(JobSpecification.type(type).payload(Map.of()));
    }
}
