// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.KeyTakenException;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
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
        Move start = Moves.start(queued, store());
        StoredJob running = move(start);
        assertThat(read(queued.id())).isEqualTo(running);

        Move fail = Moves.fail(running, "no such file: ünknown");
        StoredJob failed = move(fail);
        assertThat(read(queued.id())).isEqualTo(failed);
        assertThat(store().history(queued.id()))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.FAILED);
        assertThat(store().history(queued.id())).endsWith(start.event(), fail.event());
    }

    @Test
    default void aMoveFromAnOldVersionChangesNothing() {
        StoredJob parent = admit(Draft.job());
        StoredJob queued = admit(Draft.job().key("k"));
        StoredJob running = move(Moves.start(queued, store()));
        admit(Draft.job().after(queued.id()));

        assertThat(done(store().move(Moves.start(queued, store()), null))).isFalse();
        assertThat(done(store().move(Moves.complete(queued, "{}"), null))).isFalse();

        assertThat(read(queued.id())).isEqualTo(running);
        assertThat(store().history(queued.id())).hasSize(2);
        assertThat(store().results(List.of(queued.id()))).isEmpty();
        assertThat(store().keyHolder("ada", "k")).contains(queued.id());
        assertThat(store().releases(10).parents()).isEmpty();
        assertThat(read(parent.id())).isEqualTo(parent);
    }

    @Test
    default void aMoveOfAnUnknownJobChangesNothing() {
        assertThat(done(store().move(Moves.start(Draft.job().admitted().stored(), store()), null)))
                .isFalse();
    }

    @Test
    default void ofThoseThatRaceToStartAJobOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredJob queued = admit(Draft.job());
            List<CompletableFuture<Boolean>> racers =
                    Race.run(4, n -> store().move(Moves.start(queued, store()), null));

            assertThat(racers.stream().filter(this::done)).hasSize(1);
            assertThat(store().history(queued.id())).hasSize(2);
        }
    }

    @Test
    default void movesOfOneJobMayFollowEachOtherAtOnce() {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        List<StoredJob> ends = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            StoredJob job = admit(Draft.job());
            Move start = Moves.start(job, store());
            Move complete = Moves.complete(start.after(), "{\"n\":" + n + "}");
            all.add(store().move(start, null));
            all.add(store().move(start, null));
            all.add(store().move(complete, null));
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
            StoredJob running = move(Moves.start(admit(Draft.job()), store()));
            move(Moves.complete(running, result));

            assertThat(store().results(List.of(running.id()))).isEqualTo(Map.of(running.id(), result));
        }
    }

    @Test
    default void aResultStaysWhenTheBooksAloneChange() {
        StoredJob completed = move(Moves.complete(move(Moves.start(admit(Draft.job()), store())), "{\"n\":1}"));
        move(Moves.keepBooks(completed));

        assertThat(store().results(List.of(completed.id()))).isEqualTo(Map.of(completed.id(), "{\"n\":1}"));
    }

    @Test
    default void aCancelThatIsAskedForStaysWithTheRun() {
        StoredJob running = move(Moves.start(admit(Draft.job()), store()));
        StoredJob asked = move(Moves.askToCancel(running));
        assertThat(read(running.id())).isEqualTo(asked);
        assertThat(asked.books().cancelRequested()).isTrue();
        assertThat(asked.books().incarnation()).isEqualTo(store().incarnation());
        assertThat(done(store().move(Moves.complete(running, "{}"), null))).isFalse();

        under().restart();
        assertThat(store().lostRuns(10)).containsExactly(asked);
        StoredJob again = move(Moves.queue(asked));
        assertThat(read(again.id()).books().cancelRequested()).isTrue();
    }

    @Test
    default void aJobMovesToTheLaneOfItsLosses() {
        StoredJob running = move(Moves.start(admit(Draft.job()), store()));
        StoredJob once = move(Moves.lose(running));
        assertThat(store().ready(Draft.job().lane(), null, 9)).hasSize(1);

        StoredJob twice = move(Moves.lose(move(Moves.start(once, store()))));
        assertThat(read(twice.id()).books().losses()).isEqualTo(2);
        assertThat(store().ready(Draft.job().lane(), null, 9)).isEmpty();
        assertThat(store().ready(Draft.job().losses(2).lane(), null, 9)).hasSize(1);
    }

    @Test
    default void aJobThatComesBackFromItsEndTakesItsKeyAgain() {
        StoredJob failed = move(Moves.fail(move(Moves.start(admit(Draft.job().key("k")), store())), "broken"));
        StoredJob again = move(Moves.queue(failed));
        assertThat(store().keyHolder("ada", "k")).contains(again.id());

        StoredJob twice = move(Moves.fail(move(Moves.start(again, store())), "broken"));
        StoredJob other = admit(Draft.job().key("k"));
        refused(store().move(Moves.queue(twice), null), KeyTakenException.class);
        assertThat(read(twice.id())).isEqualTo(twice);
        assertThat(store().keyHolder("ada", "k")).contains(other.id());
    }

    @Test
    default void manyThreadsAtOnceLoseNothing() throws Exception {
        Race.run(8, thread -> {
            for (int n = 0; n < 50; n++) {
                complete(admit(Draft.job().submitter("s" + thread)));
            }
            return thread;
        });

        assertThat(store().find(JobQuery.all(1000).withStatus(JobStatus.COMPLETED), Set.of())
                        .jobs())
                .hasSize(400)
                .allSatisfy(job -> assertThat(store().history(job.id())).hasSize(3));
    }
}
