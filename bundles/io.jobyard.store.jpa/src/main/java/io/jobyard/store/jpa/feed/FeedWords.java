// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.PackedNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Texts that the records of a row reference by number, and the jobs of the records, in reading order. */
final class FeedWords {

    private final List<String> texts = new ArrayList<>();
    private final List<SharedChange> shared = new ArrayList<>();
    private long idBefore;
    private int version;

    /** Reads the start of a row, before its records. Returns the position of the previous event. */
    static FeedPosition begin(ByteBuffer in, int incarnation, long number) {
        int version = in.get();
        if (version != FeedBody.VERSION) {
            throw new IllegalStateException("row " + incarnation + "-" + number + " of the feed has version " + version
                    + ", but this Jobyard supports version " + FeedBody.VERSION + ": a newer Jobyard wrote it");
        }
        return new FeedPosition((int) PackedNumbers.get(in), PackedNumbers.get(in), (int) PackedNumbers.get(in));
    }

    void addText(ByteBuffer in, int length) {
        texts.add(PackedNumbers.text(in, length));
    }

    /** Adds values that several of the following changes share. */
    void addShared(ByteBuffer in, int end) {
        shared.add(SharedChange.read(in, end, this));
    }

    SharedChange shared(ByteBuffer in) {
        return shared.get((int) PackedNumbers.get(in) - 1);
    }

    JobId job(ByteBuffer in) {
        idBefore += PackedNumbers.getSigned(in);
        JobId job = new JobId(new UUID(idBefore, in.getLong()));
        version = (int) PackedNumbers.get(in);
        return job;
    }

    /** Returns the version of the latest job. */
    int version() {
        return version;
    }

    @Nullable
    String text(ByteBuffer in) {
        int text = (int) PackedNumbers.get(in);
        return text == 0 ? null : texts.get(text - 1);
    }

    String present(ByteBuffer in) {
        return texts.get((int) PackedNumbers.get(in) - 1);
    }
}
