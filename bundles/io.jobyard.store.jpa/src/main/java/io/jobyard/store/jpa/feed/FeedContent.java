// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.PackedNumbers;
import io.jobyard.store.jpa.sql.Utc;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Content of a row of the feed: the last event before it, its own events, and notifications for listeners on other hosts. {@link FeedBody}
 * describes the format.
 *
 * @param changes states of jobs before and after; empty unless read with names
 * @param news other notifications; empty unless read with names
 */
record FeedContent(
        FeedPosition before, List<JobEvent> events, List<Committed> changes, List<Consumer<CommitListener>> news) {

    /** Resolves numbers in rows. */
    interface FeedNames {

        LaneKey lane(int number) throws SQLException;

        UUID life(int number);
    }

    /** Reads the row with this number. */
    static FeedContent read(int incarnation, long number, byte[] body) {
        try {
            return read(incarnation, number, body, null);
        } catch (SQLException e) {
            throw new IllegalStateException("no caller requests names", e);
        }
    }

    /** Reads the row for the listeners of another host. */
    static FeedContent read(int incarnation, long number, byte[] body, @Nullable FeedNames names) throws SQLException {
        ByteBuffer in = ByteBuffer.wrap(body);
        FeedPosition before = FeedWords.begin(in, incarnation, number);
        ContentReader reader = new ContentReader(incarnation, number, PackedNumbers.getSigned(in), names);
        reader.read(in);
        return new FeedContent(before, reader.events, reader.changes, reader.news);
    }

    private static final class ContentReader {

        private final int incarnation;
        private final long number;
        private final FeedWords words = new FeedWords();
        private final List<JobEvent> events = new ArrayList<>();
        private final List<Committed> changes = new ArrayList<>();
        private final List<Consumer<CommitListener>> news = new ArrayList<>();
        private final @Nullable FeedNames names;
        private long time;

        ContentReader(int incarnation, long number, long time, @Nullable FeedNames names) {
            this.names = names;
            this.incarnation = incarnation;
            this.number = number;
            this.time = time;
        }

        void read(ByteBuffer in) throws SQLException {
            while (in.hasRemaining()) {
                byte kind = in.get();
                int length = (int) PackedNumbers.get(in);
                int end = in.position() + length;
                switch (kind) {
                    case FeedBody.TEXT -> words.addText(in, length);
                    case FeedBody.SHARED -> words.addShared(in, end);
                    case FeedBody.CHANGE -> change(in, end);
                    case FeedBody.BOOKS -> words.job(in);
                    case FeedBody.REMOVED -> removed(in);
                    case FeedBody.USE, FeedBody.REMAINING, FeedBody.CALL -> used(kind, in);
                    default -> news(kind, in); // also kinds of a later version
                }
                in.position(end);
            }
        }

        private void change(ByteBuffer in, int end) throws SQLException {
            JobId job = words.job(in);
            SharedChange all = words.shared(in);
            time += PackedNumbers.getSigned(in);
            JobEvent event = new JobEvent(
                    new FeedPosition(incarnation, number, events.size() + 1).cursor(),
                    job,
                    all.type(),
                    all.submitter(),
                    all.queue() == null ? all.routed() : all.queue(),
                    all.at(Utc.instant(time)));
            events.add(event);
            if (names != null && in.position() < end) {
                changes.add(StandingChange.read(in, words, event, names));
            }
        }

        private void news(byte kind, ByteBuffer in) throws SQLException {
            if (names == null) {
                return;
            }
            switch (kind) {
                case FeedBody.PAUSE -> {
                    Pause pause = pause(in);
                    news.add(listener -> listener.paused(pause));
                }
                case FeedBody.RESUME -> {
                    PauseTarget target = PauseTarget.of(words.present(in));
                    news.add(listener -> listener.resumed(target));
                }
                case FeedBody.SCHEDULE -> {
                    String schedule = words.present(in);
                    news.add(listener -> listener.scheduled(schedule));
                }
                case FeedBody.IDENTITIES -> news.add(CommitListener::identitiesChanged);
                case FeedBody.DEFINITION -> {
                    LimitDefinition definition = definition(in);
                    news.add(listener -> listener.defined(definition));
                }
                default -> {}
            }
        }

        private void removed(ByteBuffer in) throws SQLException {
            JobId id = words.job(in);
            if (names != null) {
                FollowedJob job = removed(id, in, names);
                news.add(listener -> listener.removed(List.of(job), true));
            }
        }

        private void used(byte kind, ByteBuffer in) {
            JobId job = words.job(in);
            if (names != null) {
                UseReport report = use(kind, job, in);
                news.add(listener -> listener.reported(report));
            }
        }

        private FollowedJob removed(JobId job, ByteBuffer in, FeedNames by) throws SQLException {
            JobStatus status = FeedBody.STATUSES.get(in.get() - 1);
            LaneKey lane = by.lane((int) PackedNumbers.get(in));
            return new FollowedJob(
                    job,
                    lane,
                    words.text(in),
                    FollowedJob.state(status, null, 0, Utc.instant(time), null),
                    FollowedJob.books(words.version(), false, null, null, null),
                    Map.of());
        }

        private Pause pause(ByteBuffer in) {
            PauseTarget target = PauseTarget.of(words.present(in));
            String by = words.present(in);
            String reason = words.text(in);
            Instant since = Utc.instant(PackedNumbers.getSigned(in));
            return new Pause(target, by, since, reason, optional(in));
        }

        private LimitDefinition definition(ByteBuffer in) {
            LimitKind kind = LimitKind.find(words.present(in)).orElseThrow();
            String name = words.present(in);
            String settings = words.present(in);
            return LimitDefinition.parse(kind, name, (int) PackedNumbers.get(in), settings);
        }

        private UseReport use(byte kind, JobId job, ByteBuffer in) {
            if (kind == FeedBody.CALL) {
                long number = in.getLong();
                String estimate = words.text(in);
                return estimate == null
                        ? new UseReport.CallEnded(job, number)
                        : new UseReport.CallBegun(job, number, AmountText.read(estimate));
            }
            String unit = words.text(in);
            double number = in.getDouble();
            Instant until = optional(in);
            if (unit == null) {
                return until == null ? new UseReport.RunBegun(job) : new UseReport.LimitMet(job, until);
            }
            return until == null
                    ? new UseReport.UnitUsed(job, unit, number)
                    : new UseReport.UnitLeft(job, unit, number, until);
        }

        private static @Nullable Instant optional(ByteBuffer in) {
            boolean isThere = PackedNumbers.get(in) == 1;
            Instant instant = Utc.instant(PackedNumbers.getSigned(in));
            return isThere ? instant : null;
        }
    }
}
