// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.StoredJob;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a row of the feed. A byte with the version, the place of the last event before the row, an instant, and records:
 * a byte with the kind, the length, and so many bytes. Whoever reads passes over the kinds that it does not know. Numbers are
 * written by {@link PackedNumbers}.
 *
 * <p>Kinds: 1 a text, numbered from 1 as they come, for the records behind it; 2 a change with its event; 3 a change of the books
 * alone (id, version). Kept for later: 4 a removed job, 5 a pause, 6 the end of a pause. For one thread; used again for
 * the next row.
 */
final class FeedBody {

    static final int MOST_BYTES = 16_000;

    private static final byte VERSION = 1;
    private static final byte TEXT = 1;
    private static final byte CHANGE = 2;
    private static final byte BOOKS = 3;
    /** A row with so much is closed. */
    private static final int ENOUGH_BYTES = 8_000;
    /** A record without its texts, whose length thus takes one byte. */
    private static final int RECORD_BYTES = 128;
    /** Written by their places here, so it only grows, at its end. */
    private static final List<JobStatus> STATUSES = List.of(
            JobStatus.WAITING,
            JobStatus.QUEUED,
            JobStatus.RUNNING,
            JobStatus.COMPLETED,
            JobStatus.FAILED,
            JobStatus.CANCELLED);

    /** What a row says: the last event before it, and its own. */
    record Content(FeedPlace before, List<JobEvent> events) {}

    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    private final Map<String, Integer> texts = new HashMap<>();
    private long time;
    private int events;

    /** Begins a row: what was in it is forgotten. */
    void begin(FeedPlace before, Instant now) {
        bytes.clear();
        texts.clear();
        events = 0;
        time = micros(now);
        bytes.put(VERSION);
        PackedNumbers.put(bytes, before.incarnation());
        PackedNumbers.put(bytes, before.number());
        PackedNumbers.put(bytes, before.index());
        PackedNumbers.putSigned(bytes, time);
    }

    /** Whether there is room for such a change; always, in a row that was just begun. */
    boolean takes(StoredJob after, HistoryEvent change) {
        int characters = length(change.who())
                + length(change.host())
                + length(change.why())
                + length(after.job().type())
                + length(after.job().submitter())
                + (change.handler() == null
                        ? 0
                        : length(change.handler().version())
                                + length(change.handler().bundle()));
        return takes(RECORD_BYTES * 2 + characters * PackedNumbers.CHARACTER_BYTES);
    }

    boolean takesBooks() {
        return takes(RECORD_BYTES);
    }

    private boolean takes(int most) {
        return bytes.position() < ENOUGH_BYTES && bytes.remaining() >= most;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Its index among the events of the row. */
    int add(StoredJob after, HistoryEvent change) {
        HandlerName handler = change.handler();
        int[] named = {
            number(after.job().type()),
            number(after.job().submitter()),
            number(change.who()),
            number(change.reason() == null ? null : change.reason().text()),
            number(change.host()),
            number(handler == null ? null : handler.version()),
            number(handler == null ? null : handler.bundle()),
            number(change.why())
        };
        int begun = beginRecord(CHANGE, after);
        bytes.put(status(change.from())).put(status(change.to()));
        PackedNumbers.put(bytes, change.run());
        PackedNumbers.put(bytes, change.attempt());
        long at = micros(change.at());
        PackedNumbers.putSigned(bytes, at - time);
        time = at;
        for (int text : named) {
            PackedNumbers.put(bytes, text);
        }
        endRecord(begun);
        return ++events;
    }

    /** A change of what the host alone keeps of a job. */
    void addBooks(StoredJob after) {
        endRecord(beginRecord(BOOKS, after));
    }

    private int beginRecord(byte kind, StoredJob after) {
        bytes.put(kind).put((byte) 0);
        int begun = bytes.position();
        UUID id = after.id().value();
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        PackedNumbers.put(bytes, after.books().version());
        return begun;
    }

    private void endRecord(int begun) {
        bytes.put(begun - 1, (byte) (bytes.position() - begun));
    }

    /** The number of a text in this row, 0 for none; written before the record that names it. */
    private int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        Integer known = texts.get(text);
        if (known == null) {
            known = texts.size() + 1;
            texts.put(text, known);
            bytes.put(TEXT);
            PackedNumbers.put(bytes, text);
        }
        return known;
    }

    private static byte status(@Nullable JobStatus status) {
        return status == null ? 0 : (byte) (STATUSES.indexOf(status) + 1);
    }

    private static @Nullable JobStatus status(byte written) {
        return written == 0 ? null : STATUSES.get(written - 1);
    }

    private static long micros(Instant instant) {
        return Utc.micros(instant);
    }

    int events() {
        return events;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Reads the row of that number. */
    static Content read(int incarnation, long number, byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("row " + incarnation + "-" + number + " of the feed has version " + version
                    + ", this Jobyard knows version " + VERSION + ": a newer one wrote it");
        }
        FeedPlace before =
                new FeedPlace((int) PackedNumbers.get(in), PackedNumbers.get(in), (int) PackedNumbers.get(in));
        return new Content(before, new Reader(incarnation, number, PackedNumbers.getSigned(in)).read(in));
    }

    private static final class Reader {

        private final int incarnation;
        private final long number;
        private final List<String> texts = new ArrayList<>();
        private final List<JobEvent> events = new ArrayList<>();
        private long time;

        Reader(int incarnation, long number, long time) {
            this.incarnation = incarnation;
            this.number = number;
            this.time = time;
        }

        List<JobEvent> read(ByteBuffer in) {
            while (in.hasRemaining()) {
                byte kind = in.get();
                int length = (int) PackedNumbers.get(in);
                int end = in.position() + length;
                if (kind == TEXT) {
                    texts.add(PackedNumbers.text(in, length));
                } else if (kind == CHANGE) {
                    events.add(event(in));
                }
                in.position(end);
            }
            return events;
        }

        private JobEvent event(ByteBuffer in) {
            JobId job = new JobId(new UUID(in.getLong(), in.getLong()));
            PackedNumbers.get(in); // the job's version
            JobStatus from = status(in.get());
            JobStatus to = STATUSES.get(in.get() - 1);
            int run = (int) PackedNumbers.get(in);
            int attempt = (int) PackedNumbers.get(in);
            time += PackedNumbers.getSigned(in);
            String type = present(in);
            String submitter = present(in);
            String who = present(in);
            String reason = text(in);
            String host = text(in);
            String version = text(in);
            String bundle = text(in);
            HistoryEvent change = new HistoryEvent(
                    Utc.instant(time),
                    who,
                    from,
                    to,
                    reason == null ? null : Reason.of(reason),
                    host,
                    run,
                    attempt,
                    present(in),
                    version == null || bundle == null ? null : new HandlerName(version, bundle));
            return new JobEvent(
                    new FeedPlace(incarnation, number, events.size() + 1).cursor(), job, type, submitter, change);
        }

        private @Nullable String text(ByteBuffer in) {
            int text = (int) PackedNumbers.get(in);
            return text == 0 ? null : texts.get(text - 1);
        }

        private String present(ByteBuffer in) {
            return texts.get((int) PackedNumbers.get(in) - 1);
        }
    }
}
