// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface ReleaseConformance extends Conformance {

    @Test
    default void theEndOfAJobReleasesItsFewDependentsInTheSameCommit() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob one = admit(Draft.job().after(parent.id()));
        StoredJob two = admit(Draft.job().after(parent.id()));
        Recorder heard = Recorder.on(under());

        assertThat(end(Moves.complete(parent, "{}"))).isTrue();

        assertThat(jobs().releases(10).parents()).isEmpty();
        assertThat(read(one.id()).job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(heard.changes())
                .extracting(change -> change.after().id())
                .startsWith(parent.id())
                .containsExactlyInAnyOrder(parent.id(), one.id(), two.id());
        assertThat(heard.changes()).noneMatch(Committed::releases);
    }

    @Test
    default void anEndThatIsNotAcceptedReleasesNobody() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob child = admit(Draft.job().after(parent.id()));
        move(Moves.askToCancel(parent));

        assertThat(end(Moves.complete(parent, "{}"))).isFalse();

        assertThat(read(child.id())).isEqualTo(child);
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void dependentsThatEndTakeTheirOwnAlong() {
        StoredJob first = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob second = admit(Draft.job().after(first.id()));
        StoredJob third = admit(Draft.job().after(second.id()));

        done(jobs().move(Moves.fail(first, "broken"), (job, edges) -> Moves.end(job, edges, "dependency failed")));

        assertThat(read(second.id()).job().status()).isEqualTo(JobStatus.FAILED);
        assertThat(read(third.id()).job().status()).isEqualTo(JobStatus.FAILED);
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void manyDependentsWaitForAMarker() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        List<AdmittedJob> children = new ArrayList<>();
        for (int n = 0; n <= JobStore.MAX_DEPENDENTS; n++) {
            children.add(Draft.job().after(parent.id()).admitted());
        }
        done(jobs().admit(children));
        Recorder heard = Recorder.on(under());

        assertThat(end(Moves.complete(parent, "{}"))).isTrue();

        assertThat(heard.changes()).singleElement().matches(Committed::releases);
        assertThat(jobs().releases(1_000).edges()).hasSize(children.size());
    }

    @Test
    default void aRuleThatFailsLeavesTheDependentsToAMarkerAndTheEndStands() {
        StoredJob parent = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob child = admit(Draft.job().after(parent.id()));

        assertThat(done(jobs().move(Moves.complete(parent, "{}"), (job, edges) -> {
                    throw new IllegalStateException("no rule for this");
                })))
                .isTrue();

        assertThat(read(parent.id()).job().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(jobs().releases(10).edges()).extracting(Edge::child).containsExactly(child.id());
    }

    @Test
    default void aSinkCountsEachOfItsDependenciesOffOnce() {
        List<StoredJob> parents = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            parents.add(move(Moves.start(admit(Draft.job()), jobs())));
        }
        StoredJob sink =
                admit(Draft.job().after(parents.stream().map(StoredJob::id).toArray(JobId[]::new)));

        List<CompletableFuture<Boolean>> ends = parents.stream()
                .map(parent -> jobs().move(Moves.complete(parent, "{}"), Moves::release))
                .toList();

        assertThat(ends).allMatch(this::done);
        assertThat(read(sink.id()).job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(read(sink.id()).books().pending()).isZero();
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    private boolean end(Move move) {
        return done(jobs().move(move, Moves::release));
    }
}
