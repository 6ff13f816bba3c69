// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what happened to jobs. A method that is asked for a job throws {@link JobNotFoundException} if there is no such job.
 */
@ProviderType
public interface HistoryQueries {

    /** Every change of a job, the oldest first. */
    List<HistoryEvent> history(JobId id);

    /**
     * Every change of several jobs, such as those of a page that {@link JobQueries#find} gave, at a fraction of the cost of asking for each.
     *
     * @return the history of each that exists and that the caller may see, the oldest change first
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);

    /**
     * The changes of all jobs, in the order in which they were stored: with the cursor of the last event that it has dealt with,
     * a follower misses none, also over restarts of the host, and hears of jobs that were removed since. They are kept for a time and up to
     * a size that {@code feed.hours} and {@code feed.max.mb} of {@code io.jobyard.retention} say.
     *
     * @param after only those behind this place; {@link EventCursor#START} for all that are kept
     * @param limit how many at most, from 1 to 10,000
     * @return the first of them; fewer than the limit if there are no more
     * @throws CursorExpiredException if some behind that place are not kept any more
     * @throws ValidationException if the limit is out of range, or the cursor leads to no place
     */
    List<JobEvent> events(EventCursor after, int limit);

    /**
     * Where the events end now: who has missed some begins again here, and reads then how the jobs are.
     *
     * @return the cursor of the last event that is stored; {@link EventCursor#START} before the first
     */
    EventCursor newestCursor();

    /**
     * What a job's handler wrote to its log.
     *
     * @return the newest 1,000 lines at most, the oldest first
     */
    List<LogLine> log(JobId id);

    /**
     * What a job's handler wrote to its log behind a place, for who follows it.
     *
     * @param after only the lines behind the one with this number; 0 for all that are kept
     * @return the newest 1,000 lines at most, the oldest first
     */
    List<NumberedLine> logAfter(JobId id, int after);

    /**
     * Where a job's handler was when its runs failed. A stack trace is kept like lines of the job's log, and goes when newer
     * ones push it out.
     *
     * @return the stack traces, of several lines each and at most 8,000 characters, by the number of the run; none of runs
     *     that ended without an exception
     */
    Map<Integer, String> stacks(JobId id);
}
