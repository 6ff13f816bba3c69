// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.rows.LargeTexts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes of many jobs have in common: all of an event but its job and its instant. Its words are cut where they are long.
 *
 * @param queue the one that the job runs or ran in, else the one that it asked for
 * @param routed without one where its type was routed then; null if nobody said that
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
