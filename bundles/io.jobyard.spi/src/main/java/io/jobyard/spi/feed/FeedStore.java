// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The feed: changes by the latest commits, in order, including those of jobs that were removed since. It is only appended to, and cut at
 * its beginning. The service is registered while the store is open. Safe for use by several threads; an interrupted caller gets a {@link
 * io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface FeedStore {

    /**
     * Returns changes of all jobs, in the order of the commits.
     *
     * @param after returns events after this position; {@link EventCursor#START} for all retained ones
     * @return the first of them; fewer than the limit only at the end
     * @throws io.jobyard.api.CursorExpiredException if events after the position are no longer retained
     * @throws io.jobyard.api.ValidationException if the cursor does not belong to this store, or is after the last event
     */
    List<JobEvent> events(EventCursor after, int limit);

    /** Returns the position of the last event, after all commits; {@link EventCursor#START} before the first event. */
    EventCursor newest();

    /**
     * Removes a slice at the beginning, of commits before an instant or over a size in bytes; completed after the commit: whether more must
     * be removed. Small enough that no commit waits long for it. Entries of the last commit always stay.
     */
    CompletableFuture<Boolean> cut(Instant before, long mostBytes);

    /** Returns the size of the retained feed. The cost does not depend on the size. */
    FeedSize size();
}
