// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.ReleaseSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

interface DependencyConformance extends Conformance {

    @Test
    default void aJobThatEndsMarksTheEdgesThatLeadFromIt() {
        StoredJob parent = admit(Draft.job());
        StoredJob child = admit(Draft.job().after(parent.id()));
        assertThat(jobs().releases(10).parents()).isEmpty();

        StoredJob running = move(Moves.start(parent, jobs()));
        assertThat(jobs().releases(10).parents()).isEmpty();
        move(Moves.fail(running, "broken"));

        ReleaseSlice releases = jobs().releases(10);
        assertThat(releases.parents()).containsExactly(parent.id());
        assertThat(releases.edges()).containsExactly(new Edge(parent.id(), JobStatus.FAILED, child.id()));
    }

    @Test
    default void aJobThatEndsWithoutEdgesMarksNothing() {
        StoredJob parent = admit(Draft.job());
        admit(Draft.job().afterCompleted(parent.id()));
        Recorder heard = Recorder.on(under());
        complete(parent);

        assertThat(jobs().releases(10).parents()).isEmpty();
        assertThat(heard.changes()).extracting(Committed::releases).containsExactly(false, false);
    }

    @Test
    default void anEdgeToAJobThatHasEndedIsMarkedByItsAdmission() {
        StoredJob parent = complete(admit(Draft.job()));
        Recorder heard = Recorder.on(under());
        StoredJob child = admit(Draft.job().after(parent.id()));

        assertThat(jobs().releases(10).edges()).containsExactly(new Edge(parent.id(), JobStatus.COMPLETED, child.id()));
        assertThat(heard.changes()).extracting(Committed::releases).containsExactly(true);
    }

    @Test
    default void aDependentThatRacesWithTheEndOfItsParentIsReleased() throws Exception {
        for (int round = 0; round < 30; round++) {
            StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
            AdmittedJob child = Draft.job().after(running.id()).admitted();
            Move end = Moves.complete(running, "{}");
            Race.run(2, n -> n == 0 ? done(jobs().move(end, null)) : done(jobs().admit(List.of(child))));

            assertThat(jobs().releases(10).edges())
                    .extracting(Edge::child)
                    .containsExactly(child.stored().id());
            move(Moves.release(child.stored(), running.id()));
            done(jobs().released(Set.of(running.id())));
        }
    }

    @Test
    default void aReleaseTakesItsEdgesAwayOnce() {
        StoredJob first = complete(admit(Draft.job()));
        StoredJob second = admit(Draft.job());
        StoredJob child = admit(Draft.job().after(first.id(), second.id()));

        StoredJob half = move(Moves.release(child, first.id()));
        assertThat(done(jobs().move(Moves.release(child, first.id()), null))).isFalse();
        assertThat(jobs().releases(10).edges()).isEmpty();
        assertThat(read(child.id())).isEqualTo(half);

        complete(second);
        assertThat(jobs().releases(10).edges()).extracting(Edge::parent).containsExactly(second.id());
        StoredJob ready = move(Moves.release(half, second.id()));
        assertThat(ready.job().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(jobs().releases(10).edges()).isEmpty();
    }

    @Test
    default void aReleaseThatComesTooLateKeepsTheEdge() {
        StoredJob parent = complete(admit(Draft.job()));
        StoredJob child = admit(Draft.job().after(parent.id()));
        StoredJob changed = move(Moves.delay(child, Draft.T0.plusSeconds(5)));

        assertThat(done(jobs().move(Moves.release(child, parent.id()), null))).isFalse();
        assertThat(jobs().releases(10).edges()).extracting(Edge::child).containsExactly(changed.id());
    }

    @Test
    default void whoWaitsForAJobIsFoundUntilItIsReleased() {
        StoredJob parent = admit(Draft.job());
        List<StoredJob> children = Stream.generate(() -> admit(Draft.job().after(parent.id())))
                .limit(4)
                .sorted(Comparator.comparing(child -> child.id().toString()))
                .toList();
        List<JobId> ids = children.stream().map(StoredJob::id).toList();
        assertThat(reads().dependents(parent.id(), null, 9)).isEqualTo(ids);
        assertThat(reads().dependents(parent.id(), null, 2)).isEqualTo(ids.subList(0, 2));
        assertThat(reads().dependents(parent.id(), ids.get(1), 9)).isEqualTo(ids.subList(2, 4));
        assertThat(reads().dependents(ids.get(0), null, 9)).isEmpty();

        complete(parent);
        move(Moves.release(children.get(0), parent.id()));

        assertThat(reads().dependents(parent.id(), null, 9)).isEqualTo(ids.subList(1, 4));
    }

    @Test
    default void aMarkerGoesWhenNoEdgeIsLeft() {
        StoredJob parent = complete(admit(Draft.job()));
        StoredJob one = admit(Draft.job().after(parent.id()));
        StoredJob two = admit(Draft.job().after(parent.id()));

        move(Moves.release(one, parent.id()));
        done(jobs().released(Set.of(parent.id())));
        assertThat(jobs().releases(10).edges()).extracting(Edge::child).containsExactly(two.id());

        move(Moves.release(two, parent.id()));
        assertThat(jobs().releases(10).parents()).containsExactly(parent.id());
        done(jobs().released(Set.of(parent.id())));
        assertThat(jobs().releases(10).parents()).isEmpty();
    }

    @Test
    default void aParentThatComesBackFromItsEndReleasesNothingUntilItEndsAgain() {
        StoredJob failed = move(Moves.fail(move(Moves.start(admit(Draft.job()), jobs())), "broken"));
        StoredJob child = admit(Draft.job().after(failed.id()));
        assertThat(jobs().releases(10).edges()).hasSize(1);

        StoredJob again = move(Moves.queue(failed));
        assertThat(jobs().releases(10).parents()).isEmpty();

        complete(again);
        assertThat(jobs().releases(10).edges()).containsExactly(new Edge(again.id(), JobStatus.COMPLETED, child.id()));
    }

    @Test
    default void policiesOfSingleDependenciesAreKeptThroughTheJobsLives() {
        Map<JobId, DependencyPolicy> policies = new HashMap<>();
        for (int n = 0; n < 100; n++) {
            policies.put(admit(Draft.job()).id(), DependencyPolicy.values()[n % 3]);
        }
        JobId[] parents = policies.keySet().toArray(JobId[]::new);
        StoredJob child = admit(Draft.job().after(parents).policies(policies));
        assertThat(read(child.id()).job().terms().dependencies().policies()).isEqualTo(policies);

        StoredJob changed = move(Moves.change(
                child,
                new JobChange().priority(1),
                JobStatus.WAITING,
                child.job().state().reason(),
                null));
        StoredJob failed = move(Moves.fail(changed, "broken"));
        StoredJob again = move(Moves.retry(failed, Set.of(parents), Set.of(parents)));

        assertThat(again.job().terms().dependencies().policies()).isEqualTo(policies);
        assertThat(read(child.id())).isEqualTo(again);
    }

    @Test
    default void manyEdgesAreReleasedInSlices() {
        StoredJob parent = complete(admit(Draft.job()));
        List<AdmittedJob> children = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            children.add(Draft.job().after(parent.id()).admitted());
        }
        done(jobs().admit(children));

        int slices = 0;
        List<Edge> edges = jobs().releases(10).edges();
        for (; !edges.isEmpty(); slices++) {
            assertThat(edges).hasSizeLessThanOrEqualTo(10).doesNotHaveDuplicates();
            edges.forEach(edge -> move(Moves.release(read(edge.child()), parent.id())));
            done(jobs().released(Set.of(parent.id())));
            edges = jobs().releases(10).edges();
        }
        assertThat(slices).isEqualTo(3);
        assertThat(jobs().releases(10).parents()).isEmpty();
        assertThat(reads().ready(Draft.job().lane(), null, 100)).hasSize(25);
    }
}
