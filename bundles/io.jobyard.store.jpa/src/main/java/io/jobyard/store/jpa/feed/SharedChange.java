// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.sql.PackedNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that the changes of many jobs have in common: everything in an event except its job and its instant. Long texts are cut.
 *
 * @param queue queue in which the job runs or ran, otherwise the requested one
 * @param routed queue of the type if the job requested none; null if unknown
 */
record SharedChange(
        String type,
        String submitter,
        @Nullable String queue,
        @Nullable String routed,
        HistoryEvent timeless) {

    SharedChange {
        timeless = at(timeless, Instant.EPOCH);
    }

    static SharedChange of(StoredJob after, @Nullable String routed, HistoryEvent change) {
        return new SharedChange(after.job().type(), after.job().submitter(), after.queue(), routed, change);
    }

    void write(FeedRecords out) {
        HandlerName handler = timeless.run().handler();
        int[] words = out.numbers(
                type,
                submitter,
                timeless.who(),
                timeless.reason() == null ? null : timeless.reason().text(),
                timeless.run().host(),
                handler == null ? null : handler.version(),
                handler == null ? null : handler.bundle(),
                timeless.why(),
                queue,
                routed);
        int last = routed != null
                ? words.length
                : queue != null ? words.length - 1 : words.length - 2; // usually neither is set
        out.beginRecord(FeedBody.SHARED);
        out.putStatus(timeless.from());
        out.putStatus(timeless.to());
        out.put(timeless.run().number());
        out.put(timeless.run().attempt());
        out.put(Arrays.copyOf(words, last));
        out.endRecord();
    }

    /** Reads a record up to its end. */
    static SharedChange read(ByteBuffer in, int end, FeedWords words) {
        byte from = in.get();
        JobStatus to = FeedBody.STATUSES.get(in.get() - 1);
        int run = (int) PackedNumbers.get(in);
        int attempt = (int) PackedNumbers.get(in);
        String type = words.present(in);
        String submitter = words.present(in);
        String who = words.present(in);
        String reason = words.text(in);
        String host = words.text(in);
        String version = words.text(in);
        String bundle = words.text(in);
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
                words.present(in));
        String queue = in.position() < end ? words.text(in) : null;
        String routed = in.position() < end ? words.text(in) : null;
        return new SharedChange(type, submitter, queue, routed, change);
    }

    HistoryEvent at(Instant instant) {
        return at(timeless, instant);
    }

    private static HistoryEvent at(HistoryEvent change, Instant instant) {
        return new HistoryEvent(
                instant,
                change.who(),
                change.from(),
                change.to(),
                change.reason(),
                change.run(),
                LargeTexts.cut(change.why()));
    }
}
