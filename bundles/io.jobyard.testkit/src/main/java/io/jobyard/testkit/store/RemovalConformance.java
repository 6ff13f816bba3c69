// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobRemoval;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

interface RemovalConformance extends Conformance {

    private List<StoredJob> remove(StoredJob... jobs) {
        try (JobRemoval removal = jobs().removal()) {
            List<StoredJob> promised = removal.removable(List.of(jobs));
            List<StoredJob> gone = done(removal.remove(List.of(jobs)));
            assertThat(gone).isEqualTo(promised);
            return gone;
        }
    }

    private StoredJob cancelled(StoredJob waiting) {
        return move(Moves.fail(waiting, "nobody wants it"));
    }

    @Test
    default void aRemovedJobIsGoneWithAllThatBelongsToIt() {
        String large = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
        StoredJob job = complete(admit(Draft.job().payload(large).key("k")));
        done(jobs().log(job.id(), List.of(new LogLine(Draft.T0, 1, "said"))));
        StoredJob other = complete(admit(Draft.job()));

        assertThat(remove(job)).containsExactly(job);
        assertThat(reads().job(job.id())).isEmpty();
        assertThat(reads().payload(job.id())).isEmpty();
        assertThat(reads().results(List.of(job.id()))).isEmpty();
        assertThat(reads().history(job.id())).isEmpty();
        assertThat(reads().log(job.id())).isEmpty();
        assertThat(feed().events(EventCursor.START, 100))
                .as("what happened, until the feed is cut")
                .extracting(JobEvent::job)
                .containsOnly(job.id(), other.id());
        assertThat(read(other.id())).isEqualTo(other);
        assertThat(reads().history(other.id())).hasSize(3);
    }

    @Test
    default void whatHasNotEndedOrHasChangedStays() {
        StoredJob queued = admit(Draft.job());
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs()));
        StoredJob failed = move(Moves.fail(running, "broken"));
        StoredJob again = move(Moves.queue(failed));
        try (JobRemoval removal = jobs().removal()) {
            assertThat(done(removal.remove(List.of(queued, failed)))).isEmpty();
        }
        assertThat(read(queued.id())).isEqualTo(queued);
        assertThat(read(again.id())).isEqualTo(again);
    }

    @Test
    default void whatAnUnfinishedJobDependsOnStaysUntilThatHasEnded() {
        StoredJob parent = complete(admit(Draft.job()));
        StoredJob child = admit(Draft.job().afterCompleted(parent.id()));
        assertThat(remove(parent)).isEmpty();

        StoredJob ended = complete(child);
        assertThat(remove(parent)).containsExactly(parent);
        assertThat(reads().dependencies(ended.id())).containsExactly(parent.id());
    }

    @Test
    default void whatIsStillToBeReleasedStays() {
        StoredJob parent = admit(Draft.job());
        StoredJob child = admit(Draft.job().after(parent.id()));
        StoredJob ended = complete(parent);
        StoredJob cancelled = cancelled(child);
        assertThat(remove(ended)).isEmpty();

        assertThat(remove(cancelled)).containsExactly(cancelled);
        assertThat(jobs().releases(10).edges()).isEmpty();
        done(jobs().released(Set.of(parent.id())));
        assertThat(remove(ended)).containsExactly(ended);
    }

    @Test
    default void whatComesOrIsRetriedWhileJobsAreRemovedKeepsWhatItDependsOn() {
        StoredJob one = complete(admit(Draft.job()));
        StoredJob two = complete(admit(Draft.job()));
        StoredJob three = complete(admit(Draft.job()));
        StoredJob failed =
                move(Moves.fail(move(Moves.start(admit(Draft.job().afterCompleted(two.id())), jobs())), "broken"));
        try (JobRemoval removal = jobs().removal()) {
            admit(Draft.job().afterCompleted(one.id()));
            move(Moves.queue(failed));
            assertThat(done(removal.remove(List.of(one, two, three)))).containsExactly(three);
        }
    }

    @Test
    default void aJobThatDependsOnARemovedOneIsRefused() {
        StoredJob parent = complete(admit(Draft.job()));
        remove(parent);
        refused(jobs().admit(List.of(Draft.job().afterCompleted(parent.id()).admitted())), StoreException.class);
        refused(jobs().admit(List.of(Draft.job().after(parent.id()).admitted())), StoreException.class);
        JobId id = Draft.id();
        done(jobs().admit(List.of(
                Draft.job().id(id).admitted(), Draft.job().after(id).admitted())));
    }

    @Test
    default void listenersHearOnceOfWhatIsGone() {
        StoredJob job = complete(admit(Draft.job()));
        Recorder heard = Recorder.on(under());
        remove(job);
        remove(job);
        complete(admit(Draft.job()));
        assertThat(heard.removed()).containsExactly(job);
        assertThat(heard.tally()).isEqualTo(Recorder.on(under()).snapshot().tally());
    }

    @Test
    default void whatWasRemovedStaysAwayOverARestart() {
        StoredJob job = complete(admit(Draft.job()));
        remove(job);
        under().restart();
        assertThat(reads().job(job.id())).isEmpty();
        assertThat(Recorder.on(under()).snapshot().tally()).isEmpty();
    }
}
