// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Index over the ID ranges of blocks, which hardly overlap: finds the blocks that may contain a job. */
final class BlockRanges {

    private final List<BlockHeader> byGreatest;
    /** For each block, the least ID in it and in all later blocks. */
    private final JobId[] leastBehind;

    BlockRanges(Collection<BlockHeader> headers) {
        byGreatest = headers.stream()
                .sorted(Comparator.comparing(BlockHeader::greatest))
                .toList();
        leastBehind = new JobId[byGreatest.size()];
        JobId least = Ids.GREATEST;
        for (int n = leastBehind.length - 1; n >= 0; n--) {
            JobId own = byGreatest.get(n).least();
            least = own.compareTo(least) < 0 ? own : least;
            leastBehind[n] = least;
        }
    }

    List<BlockHeader> thatMayHold(JobId id) {
        List<BlockHeader> found = new ArrayList<>();
        for (int n = firstNotBelow(id); n < leastBehind.length && leastBehind[n].compareTo(id) <= 0; n++) {
            if (byGreatest.get(n).mayHold(id)) {
                found.add(byGreatest.get(n));
            }
        }
        return found;
    }

    private int firstNotBelow(JobId id) {
        int from = 0;
        for (int to = leastBehind.length; from < to; ) {
            int middle = (from + to) >>> 1;
            if (byGreatest.get(middle).greatest().compareTo(id) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
