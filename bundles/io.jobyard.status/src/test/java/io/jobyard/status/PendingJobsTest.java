// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.PendingJob;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.testkit.SettableAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingJobsTest {

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final FakeQueueManager queue = new FakeQueueManager();
    private final List<ClaimCandidate> upcoming = new ArrayList<>();

    @BeforeEach
    void order() {
        queue.upcoming = upcoming;
    }

    @Test
    void readyJobsAreToldInTheirOrderWithWhatHoldsTheirLane() {
        JobId started = ready(1);
        JobId second = ready(5);
        JobId first = ready(2);
        upcoming.add(0, upcoming.remove(2));
        records.move(started, JobStatus.RUNNING, 1, null, null);
        Blocker shut = new Blocker("limit", "api: 1 of running.max 1 run", null);
        queue.lanes.add(new LaneView(upcoming.get(0).lane(), "llm", 1, StoredJobsFixture.START, List.of(shut)));

        List<PendingJob> pending = PendingJobs.of(queue, records.store, JobFilter.ALL, 10);

        assertThat(pending).extracting(each -> each.job().id()).containsExactly(first, second);
        assertThat(pending).extracting(PendingJob::position).containsExactly(1, 2);
        assertThat(pending).extracting(PendingJob::blockedBy).containsExactly(List.of(shut), List.of());
    }

    @Test
    void whatIsMeantIsToldWithItsPlaceAmongAll() {
        ready("llm", 1);
        JobId other = ready("other", 2);
        ready("other", 3);
        List<PendingJob> pending = PendingJobs.of(queue, records.store, JobFilter.ALL.withQueue("other"), 1);
        assertThat(pending).extracting(each -> each.job().id()).containsExactly(other);
        assertThat(pending).extracting(PendingJob::position).containsExactly(2);
        assertThat(PendingJobs.of(queue, records.store, JobFilter.ALL.withType("none"), 9))
                .isEmpty();
    }

    /** Each place may have to be read from the store. */
    @Test
    void noMorePlacesAreLookedAtThanWhatIsMeantStandsAmong() {
        for (int n = 0; n < 300; n++) {
            ready(n == 2 || n == 70 || n == 299 ? "other" : "llm", 5);
        }
        JobFilter other = JobFilter.ALL.withQueue("other");
        assertThat(positions(other, 1)).containsExactly(3);
        assertThat(queue.upcomingAsked).containsExactly(64);
        assertThat(positions(other, 2)).containsExactly(3, 71);
        assertThat(queue.upcomingAsked).containsExactly(64, 64, 256);
        assertThat(positions(other, 9)).containsExactly(3, 71, 300);
        assertThat(queue.upcomingAsked).endsWith(64, 256, 1_000);
    }

    private List<Integer> positions(JobFilter filter, int limit) {
        return PendingJobs.of(queue, records.store, filter, limit).stream()
                .map(PendingJob::position)
                .toList();
    }

    @Test
    void onesOwnAreToldWithTheirPlacesAmongAll() {
        SettableAccess access = new SettableAccess();
        StatusReporterComponent all = StatusReporterTest.reporter(records, access, queue);
        StatusReporter owner = all.of(Caller.bundle("alice"));
        StatusReporter other = all.of(Caller.bundle("bob"));
        JobId job = ready(5);
        access.allow(Permission.VIEW);

        assertThat(owner.pending(JobFilter.ALL, 1))
                .extracting(each -> each.job().id())
                .containsExactly(job);
        assertThat(other.pending(JobFilter.ALL, 1)).isEmpty();
        assertThatThrownBy(() -> owner.pending(JobFilter.ALL, 1_001))
                .isInstanceOf(ValidationException.class)
                .hasMessage("limit = 1001 is out of range: use 1 to 1000 for ready jobs");
    }

    private JobId ready(int priority) {
        return ready("llm", priority);
    }

    private JobId ready(String asked, int priority) {
        JobId id = records.admit(asked, priority);
        upcoming.add(new ClaimCandidate(
                LaneKey.of(records.store.job(id).orElseThrow()), new ReadyJob(StoredJobsFixture.START, id), "default"));
        return id;
    }
}
