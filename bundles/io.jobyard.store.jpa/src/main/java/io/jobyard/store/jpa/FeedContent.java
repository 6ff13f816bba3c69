// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a row of the feed says: the last event before it, and its own. {@link FeedBody} tells how it is written. */
record FeedContent(FeedPlace before, List<JobEvent> events) {

    /** Reads the row of that number. */
    static FeedContent read(int incarnation, long number, byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        int version = in.get();
        if (version != FeedBody.VERSION) {
            throw new IllegalStateException("row " + incarnation + "-" + number + " of the feed has version " + version
                    + ", this Jobyard knows version " + FeedBody.VERSION + ": a newer one wrote it");
        }
        FeedPlace before =
                new FeedPlace((int) PackedNumbers.get(in), PackedNumbers.get(in), (int) PackedNumbers.get(in));
        return new FeedContent(before, new Reader(incarnation, number, PackedNumbers.getSigned(in)).read(in));
    }

    private static final class Reader {

        private final int incarnation;
        private final long number;
        private final List<String> texts = new ArrayList<>();
        private final List<SharedChange> shared = new ArrayList<>();
        private final List<JobEvent> events = new ArrayList<>();
        private long time;
        private long idBefore;

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
                switch (kind) {
                    case FeedBody.TEXT -> texts.add(PackedNumbers.text(in, length));
                    case FeedBody.SHARED -> shared.add(shared(in));
                    case FeedBody.CHANGE -> events.add(event(in));
                    case FeedBody.BOOKS -> job(in);
                    default -> {} // of a later version
                }
                in.position(end);
            }
            return events;
        }

        private SharedChange shared(ByteBuffer in) {
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
            return new SharedChange(
                    type,
                    submitter,
                    new HistoryEvent(
                            Instant.EPOCH,
                            who,
                            from == 0 ? null : FeedBody.STATUSES.get(from - 1),
                            to,
                            reason == null ? null : Reason.of(reason),
                            host,
                            run,
                            attempt,
                            present(in),
                            version == null || bundle == null ? null : new HandlerName(version, bundle)));
        }

        private JobEvent event(ByteBuffer in) {
            JobId job = job(in);
            SharedChange all = shared.get((int) PackedNumbers.get(in) - 1);
            time += PackedNumbers.getSigned(in);
            return new JobEvent(
                    new FeedPlace(incarnation, number, events.size() + 1).cursor(),
                    job,
                    all.type(),
                    all.submitter(),
                    all.at(Utc.instant(time)));
        }

        private JobId job(ByteBuffer in) {
            idBefore += PackedNumbers.getSigned(in);
            JobId job = new JobId(new UUID(idBefore, in.getLong()));
            PackedNumbers.get(in); // the job's version
            return job;
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
