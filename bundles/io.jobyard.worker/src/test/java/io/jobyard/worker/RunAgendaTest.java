// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.LogLine;
import io.jobyard.api.handler.EndReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunAgendaTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // overflows after five
    private final RunAgenda agenda = new RunAgenda(nanos::get);
    private final Run one = run();
    private final Run other = run();

    private Run run() {
        return new Run(
                new AssignmentFixture(new UUID(0, 1)).of("work", null, "{}", 5),
                RunThread.STARTER,
                nanos::get,
                agenda::raise);
    }

    @Test
    void tenThousandRunsThatWaitAreNotLookedAtUntilTheirTime() {
        List<Run> runs = new ArrayList<>();
        for (int n = 0; n < 10_000; n++) {
            runs.add(run());
            agenda.plan(runs.get(n), 10 + n);
        }
        nanos.addAndGet(9);
        assertThat(agenda.take()).isEmpty();
        nanos.addAndGet(2);
        assertThat(agenda.take()).containsExactly(runs.get(0), runs.get(1));
        assertThat(agenda.take()).isEmpty();
        assertThat(agenda.size()).isEqualTo(9_998);
    }

    @Test
    void aRunToWhichSomethingHappenedIsTakenOnceAndLosesItsPlannedVisit() {
        agenda.plan(one, 10);
        agenda.raise(one);
        agenda.raise(one);
        assertThat(agenda.take()).containsExactly(one);
        assertThat(agenda.size()).isZero();
        nanos.addAndGet(10);
        assertThat(agenda.take()).isEmpty();
    }

    @Test
    void aSecondPlanReplacesTheFirst() {
        agenda.plan(one, 10);
        agenda.plan(one, 20);
        nanos.addAndGet(10);
        assertThat(agenda.take()).isEmpty();
        nanos.addAndGet(10);
        assertThat(agenda.take()).containsExactly(one);
    }

    @Test
    void visitsAtTheSameTimeAreSeveral() {
        agenda.plan(one, 10);
        agenda.plan(other, 10);
        nanos.addAndGet(10);
        assertThat(agenda.take()).containsExactly(one, other);
    }

    @Test
    void aChangeForAllTakesEveryPlannedRunOnce() {
        agenda.plan(one, 10);
        agenda.plan(other, 20);
        agenda.raiseAll();
        assertThat(agenda.take()).containsExactlyInAnyOrder(one, other);
        assertThat(agenda.take()).isEmpty();
    }

    @Test
    void aRunRaisesItselfWhenItIsAskedToEndAndWhenItWritesToItsLog() {
        one.end(EndReason.CANCELLED);
        assertThat(agenda.take()).containsExactly(one);
        other.lines.add(new LogLine(Instant.EPOCH, 1, "told"));
        assertThat(agenda.take()).containsExactly(other);
    }
}
