// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface ChangeConformance extends Conformance {

    private static JobChange everything() {
        return new JobChange()
                .priority(2)
                .queue("bulk")
                .label("team", null)
                .label("cost", "100 %")
                .limits("gpu", "openai");
    }

    private List<JobId> ready(LaneKey lane) {
        return reads().ready(lane, null, 100).stream().map(ReadyJob::id).toList();
    }

    @Test
    default void aQueuedJobChangesItsLaneAndKeepsItsPlaceInTheOrderOfReadiness() {
        StoredJob younger = admit(Draft.job().queue("bulk").readyAt(Draft.T0.plusSeconds(1)));
        StoredJob job = admit(Draft.job().payload("{\"n\":1}"));

        Move change = Moves.change(job, new JobChange().queue("bulk"), JobStatus.QUEUED, null, null);
        StoredJob changed = move(change);

        assertThat(read(job.id())).isEqualTo(changed);
        assertThat(changed.job().terms().routing().queue()).isEqualTo("bulk");
        assertThat(ready(LaneKey.of(job))).isEmpty();
        assertThat(ready(LaneKey.of(changed))).containsExactly(job.id(), younger.id());
        assertThat(reads().history(job.id())).hasSize(2).endsWith(change.event());
        assertThat(reads().payload(job.id())).contains("{\"n\":1}");
    }

    @Test
    default void allThatMayChangeIsStoredAndWhatMayNotStays() {
        StoredJob job = admit(Draft.job().key("k").handlerVersion("[1,2)"));
        StoredJob changed = move(Moves.change(job, everything(), JobStatus.QUEUED, null, null));

        StoredJob read = read(job.id());
        assertThat(read).isEqualTo(changed);
        assertThat(read.job().terms().identity().labels())
                .containsEntry("cost", "100 %")
                .doesNotContainKey("team");
        assertThat(reads().keyHolder("ada", "k")).contains(job.id());

        StoredJob back = move(Moves.change(
                changed, new JobChange().queue(null).limits().label("cost", null), JobStatus.QUEUED, null, null));
        assertThat(read(job.id())).isEqualTo(back);
        assertThat(back.job().terms().routing().queue()).isNull();
        assertThat(back.job().terms().demand().limits()).isEmpty();
    }

    @Test
    default void aQueuedJobThatIsPutOffWaitsForItsTimeAndComesBack() {
        StoredJob job = admit(Draft.job());
        Instant later = Draft.T0.plusSeconds(60);
        JobChange putOff = new JobChange().notBefore(later).priority(3);

        StoredJob waiting = move(Moves.change(job, putOff, JobStatus.WAITING, Reason.TIME, later));
        assertThat(read(job.id())).isEqualTo(waiting);
        assertThat(ready(LaneKey.of(job))).isEmpty();
        assertThat(ready(LaneKey.of(waiting))).isEmpty();
        assertThat(jobs().nextDue()).contains(later);
        assertThat(jobs().due(later, 9)).containsExactly(waiting);

        StoredJob again = move(Moves.change(waiting, new JobChange().notBefore(null), JobStatus.QUEUED, null, null));
        assertThat(ready(LaneKey.of(again))).containsExactly(job.id());
        assertThat(jobs().nextDue()).isEmpty();
        assertThat(complete(again).job().terms().routing().priority()).isEqualTo(3);
    }

    @Test
    default void aChangeOfAJobThatHasGoneOnIsNotStored() {
        StoredJob job = admit(Draft.job());
        StoredJob running = move(Moves.start(job, jobs()));

        assertThat(done(jobs().move(Moves.change(job, everything(), JobStatus.QUEUED, null, null), null)))
                .isFalse();
        assertThat(read(job.id())).isEqualTo(running);
        assertThat(reads().history(job.id())).hasSize(2);
    }

    @Test
    default void aJobIsReplacedWithAllItsTermsAndItsPayload() {
        StoredJob job = admit(Draft.job().key("k").payload("{\"n\":1}"));
        JobTerms other = Draft.job()
                .type("other")
                .priority(2)
                .key("k")
                .handlerVersion("[1,2)")
                .estimate(Map.of("tokens", 7.5))
                .keyUntil(Draft.T0.plusSeconds(99))
                .admitted()
                .stored()
                .job()
                .terms();
        String large = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
        assertThat(done(jobs().replace(Moves.replace(job, other), large))).isTrue();

        StoredJob replaced = read(job.id());
        assertThat(replaced.job().terms()).isEqualTo(other);
        assertThat(reads().payload(job.id())).contains(large);
        assertThat(reads().keyHolder("ada", "k")).contains(job.id());
        assertThat(ready(LaneKey.of(job))).isEmpty();
        assertThat(ready(LaneKey.of(replaced))).containsExactly(job.id());
        assertThat(reads().history(job.id())).hasSize(2);

        assertThat(done(jobs().replace(Moves.replace(replaced, job.job().terms()), "{\"n\":2}")))
                .isTrue();
        assertThat(reads().payload(job.id())).contains("{\"n\":2}");
        assertThat(done(jobs().replace(Moves.replace(replaced, other), "{\"n\":3}")))
                .isFalse();
        assertThat(reads().payload(job.id())).contains("{\"n\":2}");
    }

    @Test
    default void ofAStartAndAChangeThatRaceOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredJob job = admit(Draft.job());
            Move change = Moves.change(job, everything(), JobStatus.QUEUED, null, null);
            List<CompletableFuture<Boolean>> racers =
                    Race.run(2, n -> jobs().move(n == 0 ? change : Moves.start(job, jobs()), null));

            assertThat(racers.stream().filter(this::done)).hasSize(1);
            boolean changed = done(racers.get(0));
            assertThat(read(job.id()).job().status()).isEqualTo(changed ? JobStatus.QUEUED : JobStatus.RUNNING);
            assertThat(read(job.id()).job().terms().routing().priority()).isEqualTo(changed ? 2 : 5);
        }
    }

    @Test
    default void aChangeOutlivesTheHost() {
        StoredJob job = admit(Draft.job());
        StoredJob waiting = admit(Draft.job().after(job.id()));
        StoredJob changed = move(Moves.change(job, everything(), JobStatus.QUEUED, null, null));
        StoredJob still = move(Moves.change(waiting, everything(), JobStatus.WAITING, Reason.DEPENDENCIES, null));

        under().restart();
        assertThat(read(job.id())).isEqualTo(changed);
        assertThat(read(waiting.id())).isEqualTo(still);
        assertThat(Recorder.on(under()).snapshot().lanes())
                .containsExactly(new LaneCount(LaneKey.of(changed), 1, Draft.T0));
    }
}
