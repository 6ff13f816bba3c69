// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the history of jobs. Each method with a job ID throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface HistoryQueries {

    /** Returns every change of a job, the oldest first. */
    List<HistoryEvent> history(JobId id);

    /**
     * Returns every change of several jobs, for example of a page of {@link JobQueries#find}. One call is much cheaper than a call for each
     * job.
     *
     * @return changes of each existing job that the caller may see, the oldest change first
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);

    /**
     * Returns the changes of all jobs in the order in which they were stored. A follower that continues with the cursor of its last
     * processed event misses no event, even after restarts of the host. Events of removed jobs are included. Events are retained for a time
     * and up to a size ({@code feed.hours} and {@code feed.max.mb} of {@code io.jobyard.retention}).
     *
     * @param after returns events after this position; {@link EventCursor#START} for all retained events
     * @param limit maximum number of events, 1 to 10,000
     * @return first events after the position; fewer than the limit only at the end
     * @throws CursorExpiredException if events after the position are no longer retained
     * @throws ValidationException if the limit is out of range, or the cursor is invalid
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * {@return the cursor of the last stored event; {@link EventCursor#START} before the first} A follower that has missed events
     * continues from this cursor, and then reads the current jobs.
     */
    EventCursor newestCursor();

    /** {@return a job's log: at most the newest 1,000 lines, the oldest first} */
    List<LogLine> log(JobId id);

    /**
     * Returns a job's log after a line, for followers.
     *
     * @param after number of a line; returns later lines; 0 for all retained lines
     * @return at most the newest 1,000 lines, the oldest first
     */
    List<NumberedLine> logAfter(JobId id, int after);

    /**
     * Returns the stack traces of a job's failed runs. A stack trace is kept like lines of the job's log, until newer ones replace it.
     *
     * @return stack traces of several lines each and at most 8,000 characters, by the number of the run; runs that ended without an
     *     exception have none
     */
    Map<Integer, String> stacks(JobId id);
}
