// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.WantedHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

interface LaneConformance extends Conformance {

    private List<JobId> ready(LaneKey lane) {
        return reads().ready(lane, null, 100).stream().map(ReadyJob::id).toList();
    }

    @Test
    default void aLaneIsInTheOrderOfReadiness() {
        JobId early = Draft.id();
        JobId late = Draft.id();
        StoredJob third = admit(Draft.job().id(late).readyAt(Draft.T0.plusNanos(1000)));
        StoredJob first = admit(Draft.job().readyAt(Draft.T0.minusNanos(1000)));
        StoredJob second = admit(Draft.job().id(early).readyAt(Draft.T0.plusNanos(1000)));

        assertThat(ready(Draft.job().lane())).containsExactly(first.id(), second.id(), third.id());
    }

    @Test
    default void aLaneIsReadOnFromAPlace() {
        List<JobId> all = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            Instant readyAt = Draft.T0.plusSeconds(n / 4);
            all.add(admit(Draft.job().readyAt(readyAt)).id());
        }

        List<JobId> read = new ArrayList<>();
        List<ReadyJob> page = reads().ready(Draft.job().lane(), null, 7);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            page.forEach(position -> read.add(position.id()));
            page = reads().ready(Draft.job().lane(), page.get(page.size() - 1), 7);
        }
        assertThat(read).containsExactlyElementsOf(all);
    }

    @Test
    default void severalLanesAreReadToTheirEndInOneQuestion() {
        Map<LaneKey, ReadyJob> after = new HashMap<>();
        Map<LaneKey, List<ReadyJob>> expected = new HashMap<>();
        for (int n = 0; n < 70; n++) {
            Draft draft = Draft.job().submitter("s" + n);
            for (int k = 0; k < 3; k++) {
                Draft job = Draft.job().submitter("s" + n).readyAt(Draft.T0.plusSeconds(k / 2));
                admit(n % 7 == 0 ? job.estimate(Map.of("tokens", 1.0 + k)) : job);
            }
            LaneKey lane = (n % 7 == 0 ? draft.estimate(Map.of("tokens", 1.0)) : draft).lane();
            List<ReadyJob> all = reads().ready(lane, null, 10);
            assertThat(all).hasSize(3);
            after.put(
                    lane,
                    n % 2 == 0
                            ? new ReadyJob(Draft.T0.minusSeconds(1), all.get(0).id())
                            : all.get(0));
            expected.put(lane, all.subList(n % 2, 3));
        }
        LaneKey empty = Draft.job().submitter("nobody").lane();
        after.put(empty, new ReadyJob(Draft.T0, Draft.id()));
        Map<LaneKey, List<ReadyJob>> found = new HashMap<>(reads().ready(after));
        assertThat(found.getOrDefault(empty, List.of())).isEmpty();
        found.remove(empty);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    default void lanesDifferInEachPartOfTheirKey() {
        List<Draft> drafts = List.of(
                Draft.job(),
                Draft.job().queue("default"),
                Draft.job().queue(""),
                Draft.job().priority(4),
                Draft.job().submitter("bob"),
                Draft.job().type("sleep"),
                Draft.job().handlerVersion("[1,2)"),
                Draft.job().limits("gpu"),
                Draft.job().limits("gpu", "openai"),
                Draft.job().estimate(Map.of("tokens", 1.0)),
                Draft.job().losses(SchedulingState.SUSPECT_LOSSES));
        for (Draft draft : drafts) {
            assertThat(ready(draft.lane())).isEmpty();
            StoredJob job = admit(draft);
            assertThat(ready(draft.lane())).containsExactly(job.id());
        }
    }

    @Test
    default void jobsInFlightStandByTheVersionThatTheyBeganWith() {
        StoredJob fresh = admit(Draft.job());
        LaneKey lane = Draft.job().lane();
        for (WantedHandler begun : List.of(
                new WantedHandler(null, "1.0.0", false),
                new WantedHandler(null, "1.0.0", true),
                new WantedHandler(null, "1.1.0", false))) {
            StoredJob job = move(Moves.startOn(
                    admit(Draft.job()), jobs(), Objects.requireNonNull(begun.begunWith()), begun.canary()));
            assertThat(read(job.id())).isEqualTo(job);
            assertThat(job.lane()).isEqualTo(lane);
            StoredJob back = move(Moves.queue(job));
            assertThat(read(job.id())).isEqualTo(back);
            assertThat(back.lane()).isEqualTo(lane.with(begun));
            assertThat(ready(lane.with(begun))).containsExactly(job.id());
        }
        assertThat(ready(lane)).containsExactly(fresh.id());
    }

    @Test
    default void thePlacesOfAnEstimatedLaneSayHowMuch() {
        StoredJob one = admit(Draft.job().estimate(Map.of("tokens", 812.5, "usd", 1e-7)));
        StoredJob two = admit(Draft.job().readyAt(Draft.T0.plusSeconds(1)).estimate(Map.of("tokens", 0.0)));

        List<ReadyJob> positions = reads().ready(LaneKey.of(one), null, 10);
        assertThat(positions)
                .extracting(ReadyJob::estimate)
                .containsExactly(Map.of("tokens", 812.5, "usd", 1e-7), Map.of("tokens", 0.0));
        assertThat(reads().ready(LaneKey.of(one), positions.get(0), 10))
                .extracting(ReadyJob::id)
                .containsExactly(two.id());
        assertThat(read(one.id())).isEqualTo(one);
    }

    @Test
    default void onlyQueuedJobsStandInTheirLane() {
        StoredJob job = admit(Draft.job());
        admit(Draft.job().after(job.id()));
        admit(Draft.job().dueAt(Draft.T0));
        assertThat(ready(Draft.job().lane())).containsExactly(job.id());

        StoredJob running = move(Moves.start(job, jobs()));
        assertThat(ready(Draft.job().lane())).isEmpty();
        move(Moves.complete(running, "{}"));
        assertThat(ready(Draft.job().lane())).isEmpty();
    }

    @Test
    default void aRunThatIsGivenBackKeepsItsPlace() {
        StoredJob first = admit(Draft.job());
        StoredJob second = admit(Draft.job().readyAt(Draft.T0.plusSeconds(1)));
        move(Moves.queue(move(Moves.start(first, jobs()))));

        assertThat(ready(Draft.job().lane())).containsExactly(first.id(), second.id());
    }
}
