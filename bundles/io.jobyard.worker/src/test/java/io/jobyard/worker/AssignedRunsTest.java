// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AssignedRunsTest {

    private final AssignmentFixture assignments = new AssignmentFixture(new UUID(0, 1));
    private final Map<JobEvent, Assignment> durable = new ConcurrentHashMap<>();
    private final List<Assignment> arrived = new CopyOnWriteArrayList<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final Map<JobId, List<HistoryEvent>> histories = new ConcurrentHashMap<>();
    private final AssignedRuns assigned = new AssignedRuns(
            Stub.<JobStore>of(JobStore.class)
                    .on("assigned", arguments -> assigned((List<?>) arguments[0]))
                    .get(),
            Stub.<JobReads>of(JobReads.class)
                    .on("history", arguments -> histories.get((JobId) arguments[0]))
                    .get(),
            arrived::addAll);

    private List<Assignment> assigned(List<?> starts) {
        if (faults.getAndDecrement() > 0) {
            throw new StoreException("the store is away", null);
        }
        sizes.add(starts.size());
        return starts.stream().map(durable::get).toList();
    }

    @Test
    void allArriveInTheirOrderNotTooManyAtOnce() {
        List<Assignment> runs = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            runs.add(assignments.of("work", null, "{}", 5));
        }
        assigned.started(runs.stream().map(this::start).toList());

        await().until(() -> arrived.size() == 600);
        assertThat(arrived).isEqualTo(runs);
        assertThat(sizes).allMatch(size -> size <= 256);
        assigned.close();
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        faults.set(2);
        Assignment run = assignments.of("work", null, "{}", 5);

        assigned.started(List.of(start(run)));

        await().until(() -> arrived.equals(List.of(run)));
        assigned.close();
    }

    @Test
    void whatNobodyHasHereIsFetchedIfItsStartWasNotHeardOf() {
        Assignment known = assignments.of("work", null, "{}", 5);
        Assignment missed = assignments.of("work", null, "{}", 5);
        JobEvent start = AssignmentFixture.startedElsewhere(missed).event();
        histories.put(start.job(), List.of(start.change()));
        durable.put(
                new JobEvent(
                        EventCursor.START, start.job(), start.type(), start.submitter(), start.queue(), start.change()),
                missed);
        assigned.look(List.of(known.stored(), missed.stored()), job -> job.equals(known.stored()));

        await().until(() -> arrived.equals(List.of(missed)));
        assigned.close();
    }

    @Test
    void theEndDoesNotWaitForAStoreThatStaysAway() {
        faults.set(1_000_000);
        assigned.started(List.of(start(assignments.of("work", null, "{}", 5))));
        await().until(() -> faults.get() < 1_000_000);

        assigned.close();

        assertThat(arrived).isEmpty();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(
                        thread -> thread.getName().equals("jobyard-assigned-1"))); // it says that it ends just before
    }

    private JobEvent start(Assignment run) {
        JobEvent event = AssignmentFixture.startedElsewhere(run).event();
        durable.put(event, run);
        return event;
    }
}
