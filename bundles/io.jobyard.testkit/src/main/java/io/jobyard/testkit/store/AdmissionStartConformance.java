// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

interface AdmissionStartConformance extends Conformance {

    /** Starts some jobs, and records the calls of the rule and of a listener in order. */
    final class Starts implements AdmissionStarts, CommitListener {
        private final JobStore store;
        private final Set<JobId> next = new HashSet<>();
        private final List<String> heard = new ArrayList<>();
        private final List<Assignment> runs = new ArrayList<>();
        private int open;

        Starts(JobStore store) {
            this.store = store;
        }

        synchronized Starts next(AdmittedJob job) {
            next.add(job.stored().id());
            return this;
        }

        @Override
        public synchronized @Nullable Move start(StoredJob admitted) {
            boolean starts = next.contains(admitted.id());
            open += starts ? 1 : 0;
            return starts ? Moves.start(admitted, store) : null;
        }

        @Override
        public synchronized void settle(List<Assignment> stored) {
            open = 0;
            runs.addAll(stored);
            stored.forEach(run -> heard.add("run"));
        }

        @Override
        public synchronized void opened(StoreSnapshot snapshot) {}

        @Override
        public synchronized void committed(List<Committed> changes) {
            heard.add(String.join(
                    " ",
                    changes.stream()
                            .map(change -> change.after().status().text())
                            .toList()));
        }

        synchronized List<String> heard() {
            return List.copyOf(heard);
        }

        synchronized List<Assignment> runs() {
            return List.copyOf(runs);
        }

        /** Number of starts that the rule has given and the store has not answered. */
        synchronized int open() {
            return open;
        }
    }

    private Starts starts() {
        Starts starts = new Starts(jobs());
        jobs().startWith(starts);
        under().listen(starts);
        return starts;
    }

    /** Returns after the store has answered the rule of all earlier changes. */
    private void settled() {
        complete(admit(Draft.job()));
    }

    @Test
    default void oneCommitHoldsTheAdmissionAndTheStart() {
        AdmittedJob job = Draft.job().payload("{\"n\":7}").key("k").admitted();
        Starts starts = starts().next(job);

        done(jobs().admit(List.of(job)));
        Move start = Moves.start(job.stored(), jobs());
        assertThat(move(Moves.complete(start.after(), "{}")).version()).isEqualTo(3);

        assertThat(starts.heard()).containsExactly("queued running", "run", "completed");
        assertThat(starts.runs()).containsExactly(Assignment.of(start, "{\"n\":7}"));
        assertThat(reads().history(job.stored().id()))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
        assertThat(reads().history(job.stored().id()).subList(0, 2)).containsExactly(job.event(), start.event());
        assertThat(reads().ready(Draft.job().lane(), null, 10)).isEmpty();
    }

    @Test
    default void jobsOfOneAdmissionStartOrWaitByTheRule() {
        AdmittedJob first = Draft.job().admitted();
        AdmittedJob second = Draft.job().admitted();
        AdmittedJob waiting = Draft.job().dueAt(Draft.T0.plusSeconds(9)).admitted();
        Starts starts = starts().next(second);

        done(jobs().admit(List.of(first, second, waiting)));
        settled();

        assertThat(starts.runs())
                .extracting(run -> run.stored().id())
                .containsExactly(second.stored().id());
        assertThat(read(first.stored().id())).isEqualTo(first.stored());
        assertThat(read(second.stored().id()))
                .isEqualTo(Moves.start(second.stored(), jobs()).after());
        assertThat(read(waiting.stored().id())).isEqualTo(waiting.stored());
        assertThat(reads().ready(Draft.job().lane(), null, 10))
                .extracting(position -> position.id())
                .containsExactly(first.stored().id());
    }

    @Test
    default void anAdmissionThatFailsReleasesItsStartAndOthersStart() {
        admit(Draft.job().key("taken"));
        Starts starts = starts();
        for (int round = 0; round < 20; round++) { // some of these admissions share a transaction
            AdmittedJob first = Draft.job().admitted();
            AdmittedJob failing = Draft.job().key("taken").admitted();
            AdmittedJob last = Draft.job().admitted();
            starts.next(first).next(failing).next(last);
            CompletableFuture<Void> before = jobs().admit(List.of(first));
            CompletableFuture<Void> refused = jobs().admit(List.of(failing));
            CompletableFuture<Void> after = jobs().admit(List.of(last));

            done(before);
            refused(refused, KeyTakenException.class);
            done(after);
            assertThat(reads().job(failing.stored().id())).isEmpty();
            assertThat(List.of(read(first.stored().id()), read(last.stored().id())))
                    .allMatch(job -> job.status() == JobStatus.RUNNING);
        }
        settled();

        assertThat(starts.open()).isZero();
        assertThat(starts.runs())
                .hasSize(40)
                .allMatch(run -> run.stored().job().terms().identity().key() == null);
    }

    @Test
    default void aJobThatStartedInItsAdmissionIsALostRunAfterTheEndOfTheHost() {
        AdmittedJob job = Draft.job().admitted();
        starts().next(job);

        done(jobs().admit(List.of(job)));
        under().restart();

        assertThat(jobs().lostRuns(10))
                .extracting(StoredJob::id, StoredJob::run, StoredJob::status)
                .containsExactly(tuple(job.stored().id(), 1, JobStatus.RUNNING));
    }
}
