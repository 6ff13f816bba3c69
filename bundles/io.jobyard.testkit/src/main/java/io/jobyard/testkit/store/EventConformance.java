// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoredJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

interface EventConformance extends Conformance {

    /** All of them, page by page. */
    default List<JobEvent> follow(EventCursor from, int page) {
        List<JobEvent> all = new ArrayList<>();
        for (List<JobEvent> next = reads().events(from, page); !next.isEmpty(); next = reads().events(from, page)) {
            all.addAll(next);
            from = next.get(next.size() - 1).cursor();
        }
        return all;
    }

    @Test
    default void everyChangeIsAnEventWithWhatTheHistorySays() {
        StoredJob job = complete(admit(Draft.job()));
        List<JobEvent> events = reads().events(EventCursor.START, 10);
        assertThat(events).extracting(JobEvent::change).isEqualTo(reads().history(job.id()));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.job()).isEqualTo(job.id());
            assertThat(event.type()).isEqualTo(job.job().type());
            assertThat(event.submitter()).isEqualTo(job.job().submitter());
        });
    }

    @Test
    default void whoListensHearsTheEventsThatTheStoreTellsLater() {
        Recorder heard = Recorder.on(under());
        complete(admit(Draft.job()));
        complete(admit(Draft.job()));
        assertThat(heard.changes())
                .extracting(Committed::event)
                .hasSize(6)
                .isEqualTo(reads().events(EventCursor.START, 100));
    }

    @Test
    default void aFollowerReadsPageByPageAndMissesNothingOverARestart() {
        StoredJob one = admit(Draft.job());
        StoredJob two = admit(Draft.job());
        complete(two);
        EventCursor seen = reads().events(EventCursor.START, 2).get(1).cursor();
        assertThat(follow(seen, 1)).extracting(JobEvent::job).containsExactly(two.id(), two.id());

        under().restart();
        StoredJob three = complete(admit(Draft.job()));
        complete(one);
        assertThat(follow(seen, 2))
                .extracting(JobEvent::job)
                .containsExactly(two.id(), two.id(), three.id(), three.id(), three.id(), one.id(), one.id());
        assertThat(follow(EventCursor.START, 3)).hasSize(9);
    }

    @Test
    default void cursorsRiseWithTheCommitsAndNeverRepeat() throws Exception {
        List<List<JobEvent>> seen = Race.run(5, thread -> {
            EventCursor last = EventCursor.START;
            List<JobEvent> mine = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                if (thread > 0) {
                    complete(admit(Draft.job()));
                    continue;
                }
                List<JobEvent> next = reads().events(last, 1000);
                mine.addAll(next);
                last = next.isEmpty() ? last : next.get(next.size() - 1).cursor();
            }
            if (thread == 0) {
                return mine;
            }
            return List.of();
        });
        List<JobEvent> follower =
                new ArrayList<>(seen.stream().flatMap(List::stream).toList());
        EventCursor last = follower.isEmpty()
                ? EventCursor.START
                : follower.get(follower.size() - 1).cursor();
        follower.addAll(follow(last, 1000));
        assertThat(follower).hasSize(4 * 40 * 3).isEqualTo(follow(EventCursor.START, 7));
        assertThat(follower)
                .extracting(JobEvent::cursor)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    default void aChangeOfTheBooksAloneIsNoEvent() {
        Recorder heard = Recorder.on(under());
        StoredJob job = admit(Draft.job());
        int before = reads().events(EventCursor.START, 100).size();
        move(Moves.keepBooks(job));
        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.changes().get(1).event()).isNull();
        assertThat(reads().events(EventCursor.START, 100)).hasSize(before);
    }
}
