// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

interface EventConformance extends Conformance {

    /** Returns all events, page by page. */
    default List<JobEvent> follow(EventCursor from, int page) {
        List<JobEvent> all = new ArrayList<>();
        for (List<JobEvent> next = feed().events(from, page); !next.isEmpty(); next = feed().events(from, page)) {
            all.addAll(next);
            from = next.get(next.size() - 1).cursor();
        }
        return all;
    }

    @Test
    default void everyChangeIsAnEventWithWhatTheHistorySays() {
        StoredJob job = complete(admit(Draft.job()));
        List<JobEvent> events = feed().events(EventCursor.START, 10);
        assertThat(events).extracting(JobEvent::change).isEqualTo(reads().history(job.id()));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.job()).isEqualTo(job.id());
            assertThat(event.type()).isEqualTo(job.job().type());
            assertThat(event.submitter()).isEqualTo(job.job().submitter());
        });
    }

    @Test
    default void anEventTellsTheQueueInWhichTheJobWasThen() {
        StoredJob unknown = admit(Draft.job());
        under().ask(type -> "of-" + type);
        StoredJob routed = admit(Draft.job().type("echo"));
        StoredJob asked = admit(Draft.job().queue("asked"));
        under().ask(type -> "elsewhere");
        move(Moves.complete(move(Moves.start(routed, jobs(), "ran")), "{}"));
        complete(asked);
        move(Moves.fail(unknown, "nobody wants it"));
        List<JobEvent> events = feed().events(EventCursor.START, 100);
        assertThat(events)
                .extracting(JobEvent::queue)
                .containsExactly(null, "of-echo", "asked", "ran", "ran", "asked", "asked", "elsewhere");
        under().restart();
        assertThat(feed().events(EventCursor.START, 100)).isEqualTo(events);
    }

    @Test
    default void whoListensHearsTheEventsThatTheStoreTellsLater() {
        Recorder heard = Recorder.on(under());
        complete(admit(Draft.job()));
        complete(admit(Draft.job()));
        assertThat(heard.changes())
                .extracting(Committed::event)
                .hasSize(6)
                .isEqualTo(feed().events(EventCursor.START, 100));
    }

    @Test
    default void aFollowerReadsPageByPageAndMissesNothingOverARestart() {
        StoredJob one = admit(Draft.job());
        StoredJob two = admit(Draft.job());
        complete(two);
        EventCursor seen = feed().events(EventCursor.START, 2).get(1).cursor();
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
    default void whoFollowsWhileOthersCommitReadsEachEventOnceInOneOrder() throws Exception {
        List<List<JobEvent>> seen = Race.run(5, thread -> {
            EventCursor last = EventCursor.START;
            List<JobEvent> mine = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                if (thread > 0) {
                    complete(admit(Draft.job()));
                    continue;
                }
                List<JobEvent> next = feed().events(last, 1000);
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
        assertThat(follower).extracting(JobEvent::cursor).doesNotHaveDuplicates();
    }

    @Test
    default void aChangeOfTheBooksAloneIsNoEvent() {
        Recorder heard = Recorder.on(under());
        StoredJob job = admit(Draft.job());
        int before = feed().events(EventCursor.START, 100).size();
        move(Moves.keepBooks(job));
        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.changes().get(1).event()).isNull();
        assertThat(feed().events(EventCursor.START, 100)).hasSize(before);
    }

    @Test
    default void theHistoriesOfManyJobsAreThoseOfEach() {
        StoredJob one = complete(admit(Draft.job()));
        StoredJob two = admit(Draft.job());
        assertThat(reads().histories(List.of(two.id(), one.id(), Draft.id())))
                .isEqualTo(Map.of(one.id(), reads().history(one.id()), two.id(), reads().history(two.id())));
        assertThat(reads().histories(List.of())).isEmpty();
    }

    @Test
    default void theNewestCursorIsBehindAllThatIsCommitted() {
        assertThat(feed().newest()).isEqualTo(EventCursor.START);
        admit(Draft.job());
        EventCursor newest = feed().newest();
        assertThat(feed().events(newest, 10)).isEmpty();
        StoredJob later = admit(Draft.job());
        assertThat(feed().events(newest, 10)).extracting(JobEvent::job).containsExactly(later.id());
        under().restart();
        assertThat(feed().events(feed().newest(), 10)).isEmpty();
        assertThat(feed().events(newest, 10)).hasSize(1);
    }

    /** Removes rows in slices. Returns the number of slices. */
    private int cut(Instant before, long mostBytes) {
        int slices = 1;
        while (done(feed().cut(before, mostBytes))) {
            slices++;
        }
        return slices;
    }

    @Test
    default void whatIsOldIsCutButForTheLast() {
        complete(admit(Draft.job()));
        List<JobEvent> all = feed().events(EventCursor.START, 10);
        cut(Instant.EPOCH, Long.MAX_VALUE);
        assertThat(feed().events(EventCursor.START, 10)).isEqualTo(all);
        cut(Instant.MAX, Long.MAX_VALUE);
        assertThat(feed().events(EventCursor.START, 10)).isEqualTo(all.subList(2, 3));
        assertThat(feed().newest()).isEqualTo(all.get(2).cursor());
    }

    @Test
    default void whatIsTooMuchIsCutInSlicesTheOldestFirst() {
        for (int n = 0; n < 100; n++) {
            complete(admit(Draft.job()));
        }
        List<JobEvent> all = feed().events(EventCursor.START, 1000);
        long half = feed().size().bytes() / 2;
        assertThat(cut(Instant.EPOCH, half)).isGreaterThan(1);
        assertThat(feed().size().bytes()).isLessThanOrEqualTo(half);
        List<JobEvent> kept = feed().events(EventCursor.START, 1000);
        assertThat(kept).hasSizeBetween(100, 200).isEqualTo(all.subList(300 - kept.size(), 300));
        under().restart();
        assertThat(feed().events(EventCursor.START, 1000)).isEqualTo(kept);
        assertThat(feed().size().since()).isNotNull();
    }

    @Test
    default void aCursorBehindWhichSomethingWasCutSaysSo() {
        complete(admit(Draft.job()));
        List<JobEvent> all = feed().events(EventCursor.START, 10);
        cut(Instant.MAX, 0);
        assertThatThrownBy(() -> feed().events(all.get(0).cursor(), 10))
                .isInstanceOf(CursorExpiredException.class)
                .hasMessageContaining(all.get(0).cursor().toString());
        assertThat(feed().events(all.get(1).cursor(), 10)).isEqualTo(all.subList(2, 3));
        assertThat(feed().events(EventCursor.START, 10)).isEqualTo(all.subList(2, 3));
    }

    @Test
    default void whoHasReadAllMissesNothingHoweverOldItIs() {
        EventCursor last = feed().newest();
        admit(Draft.job());
        for (JobEvent event : feed().events(last, 10)) {
            last = event.cursor();
        }
        done(audit().append(new AuditEntry(Draft.T0, "ann", "purge", "jobs", "")));
        done(audit().append(new AuditEntry(Draft.T0, "ann", "purge", "jobs", "")));
        cut(Instant.MAX, 0);
        assertThat(feed().events(last, 10)).isEmpty();
        StoredJob next = admit(Draft.job());
        assertThat(feed().events(last, 10)).extracting(JobEvent::job).containsExactly(next.id());
    }

    @Test
    default void aCursorOfNoPlaceIsRefused() {
        complete(admit(Draft.job()));
        for (String text : List.of("9999999-1-1", "x", "1", "1-2-3-4", "event-99", "-1-1-1")) {
            assertThatThrownBy(() -> feed().events(EventCursor.of(text), 10))
                    .as(text)
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining(text);
        }
    }

    @Test
    default void foreignTextsComeBackAsTheyWere() {
        String words = "two\nlines, \u0000, \uD83D\uDE00 and a half \uD83D";
        StoredJob job = admit(Draft.job());
        StoredJob failed = move(Moves.fail(move(Moves.start(job, jobs())), words));
        assertThat(feed().events(EventCursor.START, 10).get(2).change())
                .isEqualTo(reads().history(failed.id()).get(2));
    }
}
