// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** History of jobs. A method with a job id throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface HistoryQueries {

    /** Returns every change of a job, the oldest first. */
    List<HistoryEvent> history(JobId id);

    /**
     * {@return every change of each job that exists and that the caller may see, the oldest change first} Reads several jobs, for example
     * of a page of {@link JobQueries#find}, at a fraction of the cost of single calls.
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);

    /**
     * Returns the changes of all jobs in the order in which they were stored. A follower that continues with the cursor of its last
     * processed event misses none, even over restarts of the host, and includes jobs that were removed since. Events are retained for a
     * time and up to a size ({@code feed.hours} and {@code feed.max.mb} of {@code io.jobyard.retention}).
     *
     * @param after returns events after this position; {@link EventCursor#START} for all retained ones
     * @param limit largest number, 1 to 10,000
     * @return the first of them; fewer than the limit only at the end
     * @throws CursorExpiredException if events after the position are no longer retained
     * @throws ValidationException if the limit is out of range, or the cursor is invalid
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * {@return the cursor of the last stored event; {@link EventCursor#START} before the first} A follower that has missed some restarts
     * here, and then reads the current jobs.
     */
    EventCursor newestCursor();

    /** {@return a job's log: at most the newest 1,000 lines, the oldest first} */
    List<LogLine> log(JobId id);

    /**
     * Returns a job's log after a line, for followers.
     *
     * @param after returns lines after the one with this number; 0 for all retained ones
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
