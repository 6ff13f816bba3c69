// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.Pause;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.StartedCount;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.limits.LimitDefinition;
import java.util.List;
import java.util.Map;

/**
 * Content of the store when a listener starts to receive commits.
 *
 * @param tally counts of all jobs
 * @param lanes lanes with jobs
 * @param running the running jobs, on all hosts
 * @param started numbers of jobs with limits that have started, have not ended and are not running
 * @param pauses the pauses, including expired ones
 * @param definitions limits and queues that users set while a host ran
 */
public record StoreSnapshot(
        Map<TallyKey, Long> tally,
        List<LaneCount> lanes,
        List<? extends JobSummary> running,
        List<StartedCount> started,
        List<Pause> pauses,
        List<LimitDefinition> definitions) {

    /** Snapshot of an empty store. */
    public static final StoreSnapshot EMPTY = new StoreSnapshot(Map.of(), List.of(), List.of(), List.of());

    public StoreSnapshot {
        tally = Map.copyOf(tally);
        lanes = List.copyOf(lanes);
        running = List.copyOf(running);
        started = List.copyOf(started);
        pauses = List.copyOf(pauses);
        definitions = List.copyOf(definitions);
    }

    /** Creates a snapshot without started jobs, and without limits and queues that users set while a host ran. */
    public StoreSnapshot(
            Map<TallyKey, Long> tally, List<LaneCount> lanes, List<? extends JobSummary> running, List<Pause> pauses) {
        this(tally, lanes, running, List.of(), pauses, List.of());
    }
}
