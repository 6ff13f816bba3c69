// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The feed: what the latest commits changed, in their order, also of jobs that were removed since. It is only appended to, and cut
 * at its beginning. The service is there while the store is open. Safe for use by several threads; an interrupted caller
 * gets a {@link io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface FeedStore {

    /**
     * The changes of all jobs, in the order of the commits.
     *
     * @param after only those behind this place; {@link EventCursor#START} for all that are kept
     * @return the first of them; fewer than the limit only if there are no more
     * @throws io.jobyard.api.CursorExpiredException if some behind that place are not kept any more
     * @throws io.jobyard.api.ValidationException if the cursor is none of this store, or of a later place than the last
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * The place of the last event.
     *
     * @return behind all that is committed; {@link EventCursor#START} before the first event
     */
    EventCursor newest();

    /**
     * Removes a slice at the beginning: small enough that no commit waits long for it. What the last commit wrote always
     * stays.
     *
     * @param before what was committed earlier goes
     * @param mostBytes what is more than that goes, the oldest first
     * @return completed after the commit: whether there is more to remove
     */
    CompletableFuture<Boolean> cut(Instant before, long mostBytes);

    /** What is kept. Costs the same however much it is. */
    FeedSize size();
}
