// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

interface TimeConformance extends Conformance {

    private List<JobId> due(Instant until) {
        return jobs().due(until, 10).stream().map(StoredJob::id).toList();
    }

    @Test
    default void whatTimeMovesIsFoundInOrder() {
        assertThat(jobs().nextDue()).isEmpty();
        Instant soon = Draft.T0.plusSeconds(1);
        StoredJob third = admit(Draft.job().dueAt(soon.plusNanos(2000)));
        StoredJob first = admit(Draft.job().dueAt(soon));
        StoredJob second = admit(Draft.job().dueAt(soon.plusNanos(1000)));
        admit(Draft.job());

        assertThat(jobs().nextDue()).contains(soon);
        assertThat(due(soon.minusNanos(1000))).isEmpty();
        assertThat(due(soon.plusNanos(1000))).containsExactly(first.id(), second.id());
        assertThat(due(soon.plusSeconds(9))).containsExactly(first.id(), second.id(), third.id());
        assertThat(jobs().due(soon.plusSeconds(9), 2)).containsExactly(first, second);
    }

    @Test
    default void aJobMayWaitForThousandsOfYears() {
        Instant late = Instant.parse("9999-12-30T23:59:59.999999Z");
        StoredJob job = admit(Draft.job().dueAt(late));
        assertThat(jobs().nextDue()).contains(late);
        assertThat(jobs().due(late, 9)).containsExactly(job);
        assertThat(read(job.id())).isEqualTo(job);
    }

    @Test
    default void whyAJobWaitsForTimeIsKept() {
        Instant later = Draft.T0.plusSeconds(100);
        for (Reason reason : List.of(Reason.RETRY, Reason.RATE_LIMITED, Reason.SLEEP, Reason.PAUSED)) {
            StoredJob waiting = move(Moves.delay(move(Moves.start(admit(Draft.job()), jobs())), reason, later));
            assertThat(read(waiting.id())).isEqualTo(waiting);
            assertThat(reads().history(waiting.id()))
                    .extracting(HistoryEvent::reason)
                    .endsWith(reason);
            assertThat(due(later)).contains(waiting.id());
        }
    }

    @Test
    default void aTimerFollowsItsJob() {
        Instant later = Draft.T0.plusSeconds(100);
        StoredJob job = admit(Draft.job().dueAt(Draft.T0));
        StoredJob put = move(Moves.delay(job, later));
        assertThat(jobs().nextDue()).contains(later);
        assertThat(due(Draft.T0)).isEmpty();

        StoredJob queued = move(Moves.queue(put));
        assertThat(jobs().nextDue()).isEmpty();

        move(Moves.delay(move(Moves.start(queued, jobs())), later));
        assertThat(due(later)).containsExactly(job.id());
    }
}
