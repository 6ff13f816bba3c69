// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.Ids;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Watch for histories that change before a running verification reaches them; the verification starts with the youngest job. It ignores the
 * old and the new seals of these histories.
 */
public final class SealWatch {

    private final Set<JobId> changed = new HashSet<>();
    private JobId passed = Ids.GREATEST;
    private boolean begun;
    private SealSum excluded = SealSum.NONE;

    /**
     * Records a change before it becomes visible.
     *
     * @param before the earlier seal; null if the job had none
     */
    synchronized void changes(JobId id, byte @Nullable [] before) {
        boolean isBehind = begun && id.compareTo(passed) >= 0;
        if (!isBehind && changed.add(id) && before != null) {
            excluded = excluded.with(before);
        }
    }

    /** Returns the jobs of a page that have not changed since the start, and marks all jobs down to the last one as verified. */
    public synchronized <T> Collection<T> pass(Collection<T> page, Function<T, JobId> id, JobId last) {
        Predicate<T> unchanged = each -> !changed.contains(id.apply(each));
        passed = last;
        begun = true;
        return page.stream().filter(unchanged).toList();
    }

    /** Returns the sum of the earlier seals to ignore. */
    public synchronized SealSum excluded() {
        return excluded;
    }
}
