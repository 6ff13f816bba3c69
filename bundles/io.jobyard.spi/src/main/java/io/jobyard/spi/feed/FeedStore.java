// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Change feed: the changes of the latest commits in order, including changes of removed jobs. New events are appended, and the oldest are
 * removed. The service is registered while the store is open. Safe for use by several threads; an interrupted caller gets a {@link
 * io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface FeedStore {

    /**
     * Returns changes of all jobs, in the order of the commits.
     *
     * @param after returns events after this position; {@link EventCursor#START} for all retained events
     * @return first events after the position; fewer than the limit only at the end
     * @throws io.jobyard.api.CursorExpiredException if events after the position are no longer retained
     * @throws io.jobyard.api.ValidationException if the cursor does not belong to this store, or is after the last event
     */
    List<JobEvent> events(EventCursor after, int limit);

    /** Returns the position of the last event, after all commits; {@link EventCursor#START} before the first event. */
    EventCursor newest();

    /**
     * Removes events at the beginning, from commits before an instant or beyond a total size in bytes. One call removes so few that no
     * commit waits long. The events of the last commit always remain.
     *
     * @return completes after the commit with whether more must be removed
     */
    CompletableFuture<Boolean> cut(Instant before, long mostBytes);

    /** Returns the size of the retained feed. The cost does not depend on the size. */
    FeedSize size();
}
