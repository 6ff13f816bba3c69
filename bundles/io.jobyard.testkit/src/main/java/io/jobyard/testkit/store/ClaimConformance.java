// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface ClaimConformance extends Conformance {

    private static ClaimCandidate position(StoredJob job) {
        ReadyJob position = new ReadyJob(Objects.requireNonNull(job.books().readyAt()), job.id());
        return new ClaimCandidate(LaneKey.of(job), position, Job.DEFAULT_QUEUE);
    }

    private static List<ClaimCandidate> positions(StoredJob... jobs) {
        return List.of(jobs).stream().map(ClaimConformance::position).toList();
    }

    private Move start(StoredJob job, ClaimCandidate position) {
        return Moves.start(job, jobs());
    }

    private CompletableFuture<ClaimResult> claim(StoredJob... jobs) {
        return jobs().claim(positions(jobs), this::start);
    }

    @Test
    default void startsAreStoredInTheOrderAskedAndHeardBeforeTheAnswer() {
        List<StoredJob> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            jobs.add(admit(Draft.job().payload("{\"n\":" + n + "}")));
        }
        Collections.shuffle(jobs);
        Recorder heard = Recorder.on(under());

        ClaimResult claimed = done(claim(jobs.toArray(StoredJob[]::new)));

        assertThat(claimed.gone()).isEmpty();
        assertThat(claimed.runs())
                .extracting(Assignment::stored)
                .containsExactlyElementsOf(jobs.stream()
                        .map(job -> Moves.start(job, jobs()).after())
                        .toList());
        assertThat(heard.changes())
                .extracting(Committed::after)
                .containsExactlyElementsOf(
                        claimed.runs().stream().map(Assignment::stored).toList());
        assertThat(claimed.runs()).allSatisfy(run -> {
            assertThat(read(run.stored().id())).isEqualTo(run.stored());
            assertThat(run.payload())
                    .isEqualTo(reads().payload(run.stored().id()).orElseThrow());
            List<HistoryEvent> history = reads().history(run.stored().id());
            assertThat(history).extracting(HistoryEvent::to).containsExactly(JobStatus.QUEUED, JobStatus.RUNNING);
            assertThat(run.handler()).isNotNull().isEqualTo(history.get(1).run().handler());
        });
        assertThat(reads().ready(Draft.job().lane(), null, 10)).isEmpty();
        assertThat(done(jobs().move(Moves.start(jobs.get(0), jobs()), null)))
                .as("another start of the same version")
                .isFalse();
    }

    @Test
    default void whatIsNoMoreAsItWasTakenIsGone() {
        StoredJob running = admit(Draft.job());
        move(Moves.start(running, jobs()));
        StoredJob ended = admit(Draft.job());
        move(Moves.fail(ended, "cancelled"));
        StoredJob elsewhere = admit(Draft.job());
        move(Moves.change(elsewhere, new JobChange().queue("bulk"), JobStatus.QUEUED, null, null));
        StoredJob missing = Draft.job().admitted().stored();
        StoredJob ready = admit(Draft.job());
        StoredJob later = admit(Draft.job().readyAt(Draft.T0.plusSeconds(1)));
        ClaimCandidate early =
                new ClaimCandidate(LaneKey.of(later), new ReadyJob(Draft.T0, later.id()), Job.DEFAULT_QUEUE);

        List<ClaimCandidate> positions = new ArrayList<>(positions(running, ended, elsewhere, missing, ready));
        positions.add(early);
        ClaimResult claimed = done(jobs().claim(positions, this::start));

        assertThat(claimed.runs()).extracting(run -> run.stored().id()).containsExactly(ready.id());
        assertThat(claimed.gone())
                .containsExactly(position(running), position(ended), position(elsewhere), position(missing), early);
        assertThat(read(later.id())).isEqualTo(later);
    }

    @Test
    default void aJobThatTheRuleEndsIsInNeitherListAndItsDependentsWaitForAMarker() {
        StoredJob expired = admit(Draft.job());
        StoredJob child = admit(Draft.job().after(expired.id()));
        StoredJob ready = admit(Draft.job());
        Recorder heard = Recorder.on(under());

        ClaimResult claimed = done(jobs().claim(
                        positions(expired, ready),
                        (job, position) ->
                                job.id().equals(expired.id()) ? Moves.fail(job, "expired") : start(job, position)));

        assertThat(claimed.runs()).extracting(run -> run.stored().id()).containsExactly(ready.id());
        assertThat(claimed.gone()).isEmpty();
        assertThat(read(expired.id())).isEqualTo(Moves.fail(expired, "expired").after());
        assertThat(reads().ready(Draft.job().lane(), null, 10)).isEmpty();
        assertThat(read(child.id())).isEqualTo(child);
        assertThat(jobs().releases(10).parents()).containsExactly(expired.id());
        assertThat(heard.changes())
                .filteredOn(change -> change.after().id().equals(expired.id()))
                .singleElement()
                .matches(Committed::releases);
    }

    @Test
    default void aRunGetsItsPayloadWhateverItsSize() {
        for (int size : new int[] {0, 1980, 2000, 2020, 33_000, 1_048_576}) {
            String payload = "{\"text\":\"" + "ä".repeat(size) + "\"}";
            StoredJob large = admit(Draft.job().payload(payload));
            StoredJob small = admit(Draft.job().payload("{\"n\":1}"));

            assertThat(done(claim(large, small)).runs())
                    .extracting(Assignment::payload)
                    .containsExactly(payload, "{\"n\":1}");
        }
    }

    @Test
    default void aClaimAndACancelThatComeTogetherAreOneAfterTheOther() {
        for (int round = 0; round < 20; round++) {
            StoredJob first = admit(Draft.job());
            StoredJob second = admit(Draft.job());
            CompletableFuture<Boolean> before = jobs().move(Moves.fail(first, "cancelled"), null);
            CompletableFuture<ClaimResult> claim = claim(first, second);
            CompletableFuture<Boolean> behind = jobs().move(Moves.fail(second, "cancelled"), null);

            assertThat(done(before)).isTrue();
            assertThat(done(claim).gone()).containsExactly(position(first));
            assertThat(done(claim).runs()).extracting(run -> run.stored().id()).containsExactly(second.id());
            assertThat(done(behind)).isFalse();
            assertThat(read(second.id()).job().status()).isEqualTo(JobStatus.RUNNING);
        }
    }

    @Test
    default void aStartThatFailsKeepsNoOtherFromStarting() {
        StoredJob[] jobs = new StoredJob[9];
        for (int n = 0; n < jobs.length; n++) {
            jobs[n] = admit(Draft.job());
        }
        ClaimResult claimed = done(jobs().claim(positions(jobs), (job, position) -> {
            if (job.id().equals(jobs[4].id())) {
                throw new IllegalStateException("no rule for this");
            }
            return start(job, position);
        }));

        assertThat(claimed.runs()).hasSize(8).noneMatch(run -> run.stored().id().equals(jobs[4].id()));
        assertThat(claimed.gone()).isEmpty();
        assertThat(read(jobs[4].id())).isEqualTo(jobs[4]);
        refused(
                jobs().claim(positions(jobs[4]), (job, position) -> {
                    throw new IllegalStateException("no rule for this");
                }),
                RuntimeException.class);
        assertThat(done(claim(jobs[4])).runs()).hasSize(1);
    }

    @Test
    default void ofThoseThatRaceToClaimAJobOneGetsIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredJob queued = admit(Draft.job());
            List<CompletableFuture<ClaimResult>> racers = Race.run(4, n -> claim(queued));

            assertThat(racers.stream().filter(racer -> !done(racer).runs().isEmpty()))
                    .hasSize(1);
            assertThat(racers.stream().filter(racer -> !done(racer).gone().isEmpty()))
                    .hasSize(3);
            assertThat(reads().history(queued.id())).hasSize(2);
        }
    }
}
