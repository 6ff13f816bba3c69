// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.PackedNumbers;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * State of a job before and after a change, for other hosts, with the numbers of its lanes and incarnations.
 *
 * @param before state before; null for an admission
 * @param lane number of the lane after the change
 * @param laneBefore number of the lane before; 0 for an admission
 * @param life number of the incarnation whose host executes the run after the change; 0 for none
 * @param lifeBefore number of that incarnation before; 0 for none
 * @param releases whether a release marker for the job was written
 */
record StandingChange(
        @Nullable StoredJob before,
        StoredJob after,
        int lane,
        int laneBefore,
        int life,
        int lifeBefore,
        boolean releases) {

    private static final int RELEASES = 1;
    private static final int CANCEL_REQUESTED = 2;
    private static final int READY = 4;
    private static final int DUE = 8;
    private static final int STARTED = 16;
    private static final int ANOTHER_LANE = 32;
    private static final int READY_BEFORE = 64;

    /** Adds the texts that {@link #write} references, and returns their numbers. */
    int[] words(FeedRecords out) {
        Reason reason = before == null ? null : before.reason();
        return out.numbers(
                after.queue(),
                before == null ? null : before.queue(),
                reason == null ? null : reason.text(),
                AmountText.write(after.estimate()));
    }

    void write(FeedRecords out, int[] words) {
        Instant readyBefore = before == null ? null : before.readyAt();
        Instant startedAt =
                before == null || Objects.equals(before.startedAt(), after.startedAt()) ? null : after.startedAt();
        boolean otherLane = before != null && laneBefore != lane;
        boolean otherReady = readyBefore != null && !readyBefore.equals(after.readyAt());
        out.putByte((releases ? RELEASES : 0)
                | (after.cancelRequested() ? CANCEL_REQUESTED : 0)
                | (after.readyAt() == null ? 0 : READY)
                | (after.dueAt() == null ? 0 : DUE)
                | (startedAt == null ? 0 : STARTED)
                | (otherLane ? ANOTHER_LANE : 0)
                | (otherReady ? READY_BEFORE : 0));
        out.put(lane);
        if (otherLane) {
            out.put(laneBefore);
        }
        out.put(words);
        out.put(life);
        out.put(lifeBefore);
        out.putSinceChange(after.readyAt());
        out.putSinceChange(after.dueAt());
        out.putSinceChange(startedAt);
        out.putSinceChange(otherReady ? readyBefore : null);
    }

    /** Reads the change and its event, for the listeners on another host. */
    static Committed read(ByteBuffer in, FeedWords words, JobEvent event, FeedContent.FeedNames by)
            throws SQLException {
        HistoryEvent change = event.change();
        int flags = in.get();
        LaneKey lane = by.lane((int) PackedNumbers.get(in));
        LaneKey laneBefore = (flags & ANOTHER_LANE) == 0 ? lane : by.lane((int) PackedNumbers.get(in));
        String queue = words.text(in);
        String queueBefore = words.text(in);
        String reasonBefore = words.text(in);
        Map<String, Double> estimate = AmountText.read(words.text(in));
        UUID life = life((int) PackedNumbers.get(in), by);
        UUID lifeBefore = life((int) PackedNumbers.get(in), by);
        Instant readyAt = instant(in, flags & READY, change.at());
        Instant dueAt = instant(in, flags & DUE, change.at());
        Instant startedAt = instant(in, flags & STARTED, change.at());
        Instant otherReady = instant(in, flags & READY_BEFORE, change.at());
        boolean cancelled = (flags & CANCEL_REQUESTED) != 0;
        FollowedJob after = new FollowedJob(
                event.job(),
                lane,
                queue,
                FollowedJob.state(change.to(), change.reason(), change.run().number(), change.at(), startedAt),
                FollowedJob.books(words.version(), cancelled, life, readyAt, dueAt),
                estimate);
        Instant readyBefore = otherReady == null ? readyAt : otherReady;
        JobStatus from = change.from();
        FollowedJob before = from == null
                ? null
                : new FollowedJob(
                        event.job(),
                        laneBefore,
                        queueBefore,
                        FollowedJob.state(
                                from, reason(reasonBefore), change.run().number(), change.at(), null),
                        FollowedJob.books(words.version() - 1, false, lifeBefore, readyBefore, null),
                        estimate);
        return new Committed(before, after, (flags & RELEASES) != 0, event, true);
    }

    private static @Nullable Reason reason(@Nullable String text) {
        return text == null ? null : Reason.of(text);
    }

    private static @Nullable UUID life(int number, FeedContent.FeedNames by) {
        return number == 0 ? null : by.life(number);
    }

    private static @Nullable Instant instant(ByteBuffer in, int isThere, Instant since) {
        return isThere == 0 ? null : since.plus(PackedNumbers.getSigned(in), ChronoUnit.MICROS);
    }
}
