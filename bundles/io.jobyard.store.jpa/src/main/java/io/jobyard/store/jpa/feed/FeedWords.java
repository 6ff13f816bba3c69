// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.store.jpa.sql.PackedNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the records of a row of the feed name by numbers, and the jobs that they are of, as they are read one behind the other. */
final class FeedWords {

    private final List<String> texts = new ArrayList<>();
    private final List<SharedChange> shared = new ArrayList<>();
    private long idBefore;
    private int version;

    /** Reads what stands before the records: the last event before the row. */
    static FeedPosition begin(ByteBuffer in, int incarnation, long number) {
        int version = in.get();
        if (version != FeedBody.VERSION) {
            throw new IllegalStateException("row " + incarnation + "-" + number + " of the feed has version " + version
                    + ", this Jobyard knows version " + FeedBody.VERSION + ": a newer one wrote it");
        }
        return new FeedPosition((int) PackedNumbers.get(in), PackedNumbers.get(in), (int) PackedNumbers.get(in));
    }

    void addText(ByteBuffer in, int length) {
        texts.add(PackedNumbers.text(in, length));
    }

    /** What changes behind it share. */
    void addShared(ByteBuffer in, int end) {
        byte from = in.get();
        JobStatus to = FeedBody.STATUSES.get(in.get() - 1);
        int run = (int) PackedNumbers.get(in);
        int attempt = (int) PackedNumbers.get(in);
        String type = present(in);
        String submitter = present(in);
        String who = present(in);
        String reason = text(in);
        String host = text(in);
        String version = text(in);
        String bundle = text(in);
        HistoryEvent change = new HistoryEvent(
                Instant.EPOCH,
                who,
                from == 0 ? null : FeedBody.STATUSES.get(from - 1),
                to,
                reason == null ? null : Reason.of(reason),
                new HistoryEvent.HistoryRun(
                        host,
                        run,
                        attempt,
                        version == null || bundle == null ? null : new HandlerName(version, bundle)),
                present(in));
        String queue = in.position() < end ? text(in) : null;
        String routed = in.position() < end ? text(in) : null;
        shared.add(new SharedChange(type, submitter, queue, routed, change));
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

    /** That of the latest job. */
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
