// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.reads.JobReads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads further jobs of a lane from the store. */
@FunctionalInterface
interface LaneReader {

    List<ReadyJob> read(LaneKey lane, @Nullable ReadyJob after, int limit);

    /** Reads several lanes with few jobs, each from a position to its end. */
    default Map<LaneKey, List<ReadyJob>> read(Map<LaneKey, ReadyJob> after) {
        Map<LaneKey, List<ReadyJob>> found = new HashMap<>();
        after.forEach((lane, position) -> found.put(lane, read(lane, position, Integer.MAX_VALUE)));
        return found;
    }

    static LaneReader of(JobReads store) {
        return new LaneReader() {
            @Override
            public List<ReadyJob> read(LaneKey lane, @Nullable ReadyJob after, int limit) {
                return store.ready(lane, after, limit);
            }

            @Override
            public Map<LaneKey, List<ReadyJob>> read(Map<LaneKey, ReadyJob> after) {
                return store.ready(after);
            }
        };
    }
}
