// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.store.jpa.sql.PackedNumbers;
import io.jobyard.store.jpa.sql.Utc;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records of a row of the feed, written in order, and the texts that they reference by number; {@link FeedWords} reads them. A text gets
 * its number before the record that references it begins. Only for one thread. The instance is reused for the next row.
 */
final class FeedRecords {

    private final ByteBuffer bytes = ByteBuffer.allocate(FeedBody.MOST_BYTES);
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<SharedChange, Integer> shared = new HashMap<>();
    private long time;
    private long idBefore;
    private int begun;

    /** Begins an empty row. */
    void begin(FeedPosition before, Instant now) {
        bytes.clear();
        texts.clear();
        shared.clear();
        idBefore = 0;
        time = Utc.micros(now);
        bytes.put(FeedBody.VERSION);
        put(before.incarnation());
        put(before.number());
        put(before.index());
        putSigned(time);
    }

    int written() {
        return bytes.position();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Returns the number of a text in this row; 0 for null. */
    int number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        Integer known = texts.get(text);
        if (known == null) {
            known = texts.size() + 1;
            texts.put(text, known);
            bytes.put(FeedBody.TEXT);
            PackedNumbers.put(bytes, text);
        }
        return known;
    }

    int[] numbers(@Nullable String... words) {
        return Arrays.stream(words).mapToInt(this::number).toArray();
    }

    /** Returns the number of values in this row that several changes share. */
    int number(SharedChange one) {
        Integer known = shared.get(one);
        if (known == null) {
            known = shared.size() + 1;
            shared.put(one, known);
            one.write(this);
        }
        return known;
    }

    FeedRecords beginRecord(byte kind) {
        bytes.put(kind).put((byte) 0);
        begun = bytes.position();
        return this;
    }

    /** Begins a record about a job. Its ID is stored as a difference, because IDs of jobs from the same time are similar. */
    void beginRecord(byte kind, JobId job, int version) {
        beginRecord(kind);
        UUID id = job.value();
        putSigned(id.getMostSignificantBits() - idBefore);
        bytes.putLong(id.getLeastSignificantBits());
        put(version);
        idBefore = id.getMostSignificantBits();
    }

    void endRecord() {
        bytes.put(begun - 1, (byte) (bytes.position() - begun));
    }

    void put(long number) {
        PackedNumbers.put(bytes, number);
    }

    FeedRecords put(int[] numbers) {
        for (int number : numbers) {
            put(number);
        }
        return this;
    }

    void putSigned(long number) {
        PackedNumbers.putSigned(bytes, number);
    }

    void putByte(int one) {
        bytes.put((byte) one);
    }

    void putLong(long number) {
        bytes.putLong(number);
    }

    void putDouble(double number) {
        bytes.putDouble(number);
    }

    void putStatus(@Nullable JobStatus status) {
        putByte(status == null ? 0 : FeedBody.STATUSES.indexOf(status) + 1);
    }

    /** Writes an optional instant, with a flag for its presence. */
    void putOptional(@Nullable Instant instant) {
        put(instant == null ? 0 : 1);
        putSigned(instant == null ? 0 : Utc.micros(instant));
    }

    /** Writes the instant of a change, relative to the previous change. */
    void putTime(Instant instant) {
        long at = Utc.micros(instant);
        putSigned(at - time);
        time = at;
    }

    /** Writes an instant relative to the latest change; writes nothing for null. */
    void putSinceChange(@Nullable Instant instant) {
        if (instant != null) {
            putSigned(Utc.micros(instant) - time);
        }
    }
}
