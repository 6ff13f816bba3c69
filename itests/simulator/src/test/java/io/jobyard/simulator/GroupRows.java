// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.GroupChangedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The groups that the new jobs of one transaction join or end, held at its end as the store does. */
final class GroupRows {

    private final Database rows;
    private final OpenTransaction session;
    private final SeededFault fault;
    private final Set<GroupKey> groups = new TreeSet<>();
    private final Map<GroupKey, AdmittedJob> ends = new HashMap<>();

    GroupRows(Database rows, OpenTransaction session, SeededFault fault) {
        this.rows = rows;
        this.session = session;
        this.fault = fault;
    }

    void admitted(AdmittedJob admitted) {
        Job job = admitted.stored().job();
        GroupKey joined = GroupKey.joined(job);
        GroupKey ended = GroupKey.ended(job);
        if (joined != null) {
            groups.add(joined);
        }
        if (ended != null) {
            groups.add(ended);
            if (ends.putIfAbsent(ended, admitted) != null) {
                throw changed(ended);
            }
        }
    }

    void write() {
        for (GroupKey group : groups) {
            if (rows.groups.get(session, group) == null) {
                session.lock(rows.groups, group, RowLock.FOR_UPDATE);
                rows.groups.put(session, group, Optional.empty());
            }
            AdmittedJob end = ends.get(group);
            if (end != null) {
                session.lock(rows.groups, group, RowLock.UPDATE);
                requireOpen(group);
                rows.groups.put(session, group, Optional.of(end.stored().id()));
                requireAll(group, end);
            } else {
                if (fault != SeededFault.GROUPS_NOT_HELD) {
                    session.lock(rows.groups, group, RowLock.SHARE);
                }
                requireOpen(group);
            }
        }
    }

    private void requireOpen(GroupKey group) {
        @Nullable Optional<JobId> end = rows.groups.get(session, group);
        if (end != null && end.isPresent()) {
            throw changed(group);
        }
    }

    private void requireAll(GroupKey group, AdmittedJob end) {
        Set<JobId> awaited = Set.copyOf(end.dependencies());
        for (StoredJob job : rows.jobs.rows(session).values()) {
            if (group.equals(GroupKey.joined(job.job())) && !awaited.contains(job.id())) {
                throw changed(group);
            }
        }
    }

    private static GroupChangedException changed(GroupKey group) {
        return new GroupChangedException(group.submitter(), group.name());
    }
}
