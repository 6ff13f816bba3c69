// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.KeyTakenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface MoveConformance extends Conformance {

    @Test
    default void aMoveIsStoredWithItsHistory() {
        StoredJob queued = admit(Draft.job());
        Move start = Moves.start(queued, jobs());
        StoredJob running = move(start);
        assertThat(read(queued.id())).isEqualTo(running);

        Move fail = Moves.fail(running, "no such file: ünknown");
        StoredJob failed = move(fail);
        assertThat(read(queued.id())).isEqualTo(failed);
        assertThat(reads().history(queued.id()))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.FAILED);
        assertThat(reads().history(queued.id())).endsWith(start.event(), fail.event());
    }

    @Test
    default void aRunThatAddsALineToItsHistoryGoesOn() {
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
        Move note = Moves.note(running, "payload migrated from 1.0.0 to 2.0.0 by A");
        StoredJob noted = move(note);

        assertThat(read(running.id())).isEqualTo(noted);
        assertThat(reads().history(running.id())).hasSize(3).endsWith(note.event());
        assertThat(read(move(Moves.complete(noted, "{}")).id()).job().status()).isEqualTo(JobStatus.COMPLETED);
    }

    /** Covers long and non-ASCII texts, and a job that runs repeatedly, in this and the next incarnation of the host. */
    @Test
    default void aHistoryIsKeptWholeHoweverLongItGrows() {
        StoredJob job = admit(Draft.job());
        StoredJob other = admit(Draft.job());
        List<HistoryEvent> all = new ArrayList<>(reads().history(job.id()));
        for (int n = 0; n < 100; n++) {
            if (n == 60) {
                under().restart();
            }
            String why = "\"\\ \nünknown \uD83D\uDE00 ".repeat(n % 10 == 3 ? 80 : 1);
            Move start = Moves.start(job, jobs());
            Move again = Moves.because(Moves.queue(move(start)), "ann, by administrator \"root\"", why);
            job = move(again);
            all.add(start.event());
            all.add(again.event());
        }
        complete(job);
        assertThat(reads().history(job.id())).hasSize(203).startsWith(all.toArray(HistoryEvent[]::new));
        assertThat(reads().history(other.id())).hasSize(1);
        assertThat(read(job.id()).books().version()).isEqualTo(203);
    }

    @Test
    default void aMoveFromAnOldVersionChangesNothing() {
        StoredJob parent = admit(Draft.job());
        StoredJob queued = admit(Draft.job().key("k"));
        StoredJob running = move(Moves.start(queued, jobs()));
        admit(Draft.job().after(queued.id()));

        assertThat(done(jobs().move(Moves.start(queued, jobs()), null))).isFalse();
        assertThat(done(jobs().move(Moves.complete(queued, "{}"), null))).isFalse();

        assertThat(read(queued.id())).isEqualTo(running);
        assertThat(reads().history(queued.id())).hasSize(2);
        assertThat(reads().results(List.of(queued.id()))).isEmpty();
        assertThat(reads().keyHolder("ada", "k")).contains(queued.id());
        assertThat(jobs().releases(10).parents()).isEmpty();
        assertThat(read(parent.id())).isEqualTo(parent);
    }

    @Test
    default void aMoveOfAnUnknownJobChangesNothing() {
        assertThat(done(jobs().move(Moves.start(Draft.job().admitted().stored(), jobs()), null)))
                .isFalse();
    }

    @Test
    default void ofThoseThatRaceToStartAJobOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredJob queued = admit(Draft.job());
            List<CompletableFuture<Boolean>> racers = Race.run(4, n -> jobs().move(Moves.start(queued, jobs()), null));

            assertThat(racers.stream().filter(this::done)).hasSize(1);
            assertThat(reads().history(queued.id())).hasSize(2);
        }
    }

    @Test
    default void movesOfOneJobMayFollowEachOtherAtOnce() {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        List<StoredJob> ends = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            StoredJob job = admit(Draft.job());
            Move start = Moves.start(job, jobs());
            Move complete = Moves.complete(start.after(), "{\"n\":" + n + "}");
            all.add(jobs().move(start, null));
            all.add(jobs().move(start, null));
            all.add(jobs().move(complete, null));
            ends.add(complete.after());
        }

        for (int n = 0; n < all.size(); n++) {
            assertThat(done(all.get(n))).as("move %d", n).isEqualTo(n % 3 != 1);
        }
        ends.forEach(end -> assertThat(read(end.id())).isEqualTo(end));
    }

    @Test
    default void resultsOfAnySizeAreKept() {
        for (int size : new int[] {0, 1980, 2000, 2020, 1_048_576}) {
            String result = "{\"text\":\"" + "€".repeat(size) + "\"}";
            StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
            move(Moves.complete(running, result));

            assertThat(reads().results(List.of(running.id()))).isEqualTo(Map.of(running.id(), result));
        }
    }

    @Test
    default void aResultStaysWhenTheBooksAloneChange() {
        StoredJob completed = move(Moves.complete(move(Moves.start(admit(Draft.job()), jobs())), "{\"n\":1}"));
        move(Moves.keepBooks(completed));

        assertThat(reads().results(List.of(completed.id()))).isEqualTo(Map.of(completed.id(), "{\"n\":1}"));
    }

    @Test
    default void aCancelThatIsAskedForStaysWithTheRun() {
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob asked = move(Moves.askToCancel(running));
        assertThat(read(running.id())).isEqualTo(asked);
        assertThat(asked.books().cancelRequested()).isTrue();
        assertThat(asked.books().incarnation()).isEqualTo(jobs().incarnation());
        assertThat(done(jobs().move(Moves.complete(running, "{}"), null))).isFalse();

        under().restart();
        assertThat(jobs().lostRuns(10)).containsExactly(asked);
        StoredJob again = move(Moves.queue(asked));
        assertThat(read(again.id()).books().cancelRequested()).isTrue();
    }

    @Test
    default void aJobMovesToTheLaneOfItsLosses() {
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob once = move(Moves.lose(running));
        assertThat(reads().ready(Draft.job().lane(), null, 9)).hasSize(1);

        StoredJob twice = move(Moves.lose(move(Moves.start(once, jobs()))));
        assertThat(read(twice.id()).books().losses()).isEqualTo(2);
        assertThat(reads().ready(Draft.job().lane(), null, 9)).isEmpty();
        assertThat(reads().ready(Draft.job().losses(2).lane(), null, 9)).hasSize(1);
    }

    @Test
    default void aJobThatComesBackFromItsEndTakesItsKeyAgain() {
        StoredJob failed = move(Moves.fail(move(Moves.start(admit(Draft.job().key("k")), jobs())), "broken"));
        StoredJob again = move(Moves.queue(failed));
        assertThat(reads().keyHolder("ada", "k")).contains(again.id());

        StoredJob twice = move(Moves.fail(move(Moves.start(again, jobs())), "broken"));
        StoredJob other = admit(Draft.job().key("k"));
        refused(jobs().move(Moves.queue(twice), null), KeyTakenException.class);
        assertThat(read(twice.id())).isEqualTo(twice);
        assertThat(reads().keyHolder("ada", "k")).contains(other.id());
    }

    @Test
    default void manyThreadsAtOnceLoseNothing() throws Exception {
        Race.run(8, thread -> {
            for (int n = 0; n < 50; n++) {
                complete(admit(Draft.job().submitter("s" + thread)));
            }
            return thread;
        });

        assertThat(reads().find(JobQuery.of(JobFilter.ALL.withStatus(JobStatus.COMPLETED), 1000), Set.of())
                        .jobs())
                .hasSize(400)
                .allSatisfy(job -> assertThat(reads().history(job.id())).hasSize(3));
    }
}
