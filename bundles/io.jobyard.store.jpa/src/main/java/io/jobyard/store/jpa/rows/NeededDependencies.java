// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dependencies of unfinished jobs, kept during a removal of jobs: read once from the rows, and extended by the committer, which alone
 * begins and ends the removal.
 */
public final class NeededDependencies {

    private final Set<JobId> parents = ConcurrentHashMap.newKeySet();
    private final Set<JobId> revived = new HashSet<>();
    private boolean open;

    /** Returns false if it is already open. */
    public boolean begin() {
        boolean free = !open;
        open = true;
        return free;
    }

    public void end() {
        open = false;
        parents.clear();
        revived.clear();
    }

    /** Adds the dependencies of a new job. An addition that is rolled back does no harm. */
    public void named(Collection<JobId> dependencies) {
        if (open) {
            parents.addAll(dependencies);
        }
    }

    /** Records that a finished job continues; its dependencies must be read. */
    public void revived(JobId id) {
        if (open) {
            revived.add(id);
        }
    }

    public Set<JobId> takeRevived() {
        Set<JobId> taken = Set.copyOf(revived);
        revived.clear();
        return taken;
    }

    /** Adds dependencies. For threads that read. */
    public void read(Collection<JobId> dependencies) {
        parents.addAll(dependencies);
    }

    public boolean contains(JobId id) {
        return parents.contains(id);
    }
}
