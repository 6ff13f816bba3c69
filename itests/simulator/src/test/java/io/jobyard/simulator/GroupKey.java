// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A group of a submitter. */
record GroupKey(String submitter, String name) implements Comparable<GroupKey> {

    private static final Comparator<GroupKey> ORDER =
            Comparator.comparing(GroupKey::submitter).thenComparing(GroupKey::name);

    /** The group that a job is one of; null if there is none. */
    static @Nullable GroupKey joined(Job job) {
        String name = job.terms().identity().group();
        return name == null ? null : new GroupKey(job.submitter(), name);
    }

    /** The group that a job ends; null if there is none. */
    static @Nullable GroupKey ended(Job job) {
        String name = job.terms().identity().endsGroup();
        return name == null ? null : new GroupKey(job.submitter(), name);
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
