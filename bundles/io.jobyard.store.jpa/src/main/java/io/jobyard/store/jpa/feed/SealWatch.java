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
 * Tells one who goes through all histories, the youngest job first, which of them change before he has come to them: those count neither as he
 * finds them nor as they were.
 */
public final class SealWatch {

    private final Set<JobId> changed = new HashSet<>();
    private JobId passed = Ids.GREATEST;
    private boolean begun;
    private SealSum excluded = SealSum.NONE;

    /** Before the change can be seen; the seal as it was is null if there was none. */
    synchronized void changes(JobId id, byte @Nullable [] before) {
        boolean isBehind = begun && id.compareTo(passed) >= 0;
        if (!isBehind && changed.add(id) && before != null) {
            excluded = excluded.with(before);
        }
    }

    /** Of a page that has been read, those that have not changed since he began; from now on all down to the last are behind him. */
    public synchronized <T> Collection<T> pass(Collection<T> page, Function<T, JobId> id, JobId last) {
        Predicate<T> unchanged = each -> !changed.contains(id.apply(each));
        passed = last;
        begun = true;
        return page.stream().filter(unchanged).toList();
    }

    /** What of the seals as they were does not count. */
    public synchronized SealSum excluded() {
        return excluded;
    }
}
