// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobRemoval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Retried jobs: which jobs they wait for again, and the query of the jobs that ended because of another job. */
interface AnotherLifeConformance extends Conformance {

    private StoredJob retry(StoredJob job, StoredJob... parents) {
        Set<JobId> ids = Set.copyOf(Stream.of(parents).map(StoredJob::id).toList());
        return move(Moves.retry(job, ids, ids));
    }

    private void end(Move move) {
        assertThat(done(jobs().move(move, (job, edges) -> Moves.end(job, edges, "dependency failed"))))
                .isTrue();
    }

    @Test
    default void aRetriedJobIsReleasedByTheEndOfWhatItWaitsForAgain() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob child = move(Moves.fail(admit(Draft.job().after(parent.id())), "nobody wants it"));
        StoredJob again = retry(child, parent); // in addition to the edge from before the retry

        assertThat(read(child.id())).isEqualTo(again);
        assertThat(done(jobs().move(Moves.complete(parent, "{}"), Moves::release)))
                .isTrue();

        assertThat(read(child.id()).job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(read(child.id()).books().pending()).isZero();
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void aRetriedJobThatWaitsForAnEndedOneIsMarkedForItsRelease() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob child = admit(Draft.job().after(parent.id()));
        end(Moves.fail(parent, "broken"));
        Recorder heard = Recorder.on(under());

        retry(read(child.id()), parent);

        assertThat(heard.changes()).singleElement().matches(Committed::releases);
        assertThat(jobs().releases(10).edges()).containsExactly(new Edge(parent.id(), JobStatus.FAILED, child.id()));
    }

    @Test
    default void aRetryThatWaitsForARemovedJobIsRefused() {
        StoredJob parent = complete(admit(Draft.job()));
        StoredJob child = move(Moves.fail(admit(Draft.job().afterCompleted(parent.id())), "broken"));
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(parent)))).hasSize(1);
        }
        Set<JobId> gone = Set.of(parent.id());
        refused(jobs().move(Moves.retry(child, gone, gone), null), StoreException.class);
        assertThat(read(child.id())).isEqualTo(child);
        move(Moves.retry(child, gone, Set.of()));
    }

    @Test
    default void whatEndedBecauseOfAJobIsFoundUntilItIsRetriedOrRemoved() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        List<AdmittedJob> children = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            children.add(Draft.job().after(parent.id()).admitted());
        }
        done(jobs().admit(children));
        List<JobId> ids = children.stream()
                .map(child -> child.stored().id())
                .sorted(Comparator.comparing(JobId::toString))
                .toList();
        assertThat(reads().endedBecauseOf(parent.id(), null, 9)).isEmpty();

        end(Moves.fail(parent, "broken"));

        assertThat(reads().endedBecauseOf(parent.id(), null, 9)).isEqualTo(ids);
        assertThat(reads().endedBecauseOf(parent.id(), null, 2)).isEqualTo(ids.subList(0, 2));
        assertThat(reads().endedBecauseOf(parent.id(), ids.get(1), 9)).isEqualTo(ids.subList(2, 5));
        StoredJob failed = read(parent.id());
        retry(read(ids.get(0)), failed);
        assertThat(reads().endedBecauseOf(parent.id(), null, 9)).isEqualTo(ids.subList(1, 5));
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(read(ids.get(1)))))).hasSize(1);
        }
        assertThat(reads().endedBecauseOf(parent.id(), null, 9)).isEqualTo(ids.subList(2, 5));
    }

    @Test
    default void whatSeveralJobsDependOnIsToldAtOnce() {
        StoredJob one = admit(Draft.job());
        StoredJob two = admit(Draft.job());
        StoredJob child = admit(Draft.job().after(one.id(), two.id()));
        assertThat(reads().dependencies(List.of(one.id(), child.id())))
                .isEqualTo(Map.of(child.id(), List.of(one.id(), two.id())));
        assertThat(reads().dependencies(List.of())).isEmpty();
    }
}
