// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dependencies of unfinished jobs, collected during a removal of jobs: read once from the rows, then extended by the committer, which alone
 * begins and ends the removal.
 */
public final class NeededDependencies {

    private final Set<JobId> parents = ConcurrentHashMap.newKeySet();
    private final Set<JobId> revived = new HashSet<>();
    private boolean open;

    /** Begins the collection. Returns false if one is in progress. */
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

    /** Adds the dependencies of a new job. If the job's transaction is rolled back, the addition only delays a removal. */
    public void named(Collection<JobId> dependencies) {
        if (open) {
            parents.addAll(dependencies);
        }
    }

    /** Records that a finished job was retried, so its dependencies must be read. */
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

    /** Adds dependencies that a read thread has found. */
    public void read(Collection<JobId> dependencies) {
        parents.addAll(dependencies);
    }

    public boolean contains(JobId id) {
        return parents.contains(id);
    }
}
