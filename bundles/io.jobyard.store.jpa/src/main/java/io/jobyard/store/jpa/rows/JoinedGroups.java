// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.store.jpa.rows.GroupTables.Group;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Groups that the new jobs of one transaction join or close. Adding a job locks the row of the group in shared mode until the commit;
 * closing the group first changes this row. So an end job knows all jobs that other hosts added, and no job is added later.
 */
public final class JoinedGroups {

    private static final String HELD = GroupTables.END + " FOR SHARE";
    private static final String JOIN = "INSERT INTO group_job (submitter, name, job_id) VALUES (?,?,?)";
    private static final String NEW = "INSERT INTO job_group (submitter, name) VALUES (?,?)";
    /** Ignores a row that another host has inserted meanwhile. */
    private static final String IF_MISSING = " ON CONFLICT DO NOTHING";

    private static final String CLOSE = "UPDATE job_group SET end_job = ?" + GroupTables.ONE + " AND end_job IS NULL";

    private final GroupTables tables;
    private final boolean isShared;
    private final Set<Group> groups = new TreeSet<>();
    private final Map<Group, AdmittedJob> ends = new HashMap<>();

    /** @param isShared whether other hosts write to the database */
    public JoinedGroups(GroupTables tables, boolean isShared) {
        this.tables = tables;
        this.isShared = isShared;
    }

    public void admitted(Session session, AdmittedJob job) throws SQLException {
        JobTerms terms = job.stored().job().terms();
        String submitter = job.stored().job().submitter();
        if (terms.identity().group() != null) {
            groups.add(new Group(submitter, terms.identity().group()));
            session.batch(JOIN)
                    .text(submitter)
                    .text(terms.identity().group())
                    .id(job.stored().id())
                    .add();
        }
        if (terms.identity().endsGroup() != null) {
            Group group = new Group(submitter, terms.identity().endsGroup());
            groups.add(group);
            if (ends.putIfAbsent(group, job) != null) {
                throw changed(group);
            }
        }
    }

    /** Writes the groups at the end of the transaction. */
    public void write(Session session) throws SQLException {
        session.batch(JOIN).run();
        for (Group group : groups) {
            AdmittedJob end = ends.get(group);
            if (end == null) {
                requireOpen(session, group);
            } else {
                close(session, group, end);
            }
        }
    }

    private void requireOpen(Session session, Group group) throws SQLException {
        List<Optional<JobId>> rows = hold(session, group);
        if (rows.isEmpty()) {
            make(session, group);
            rows = isShared ? hold(session, group) : rows;
        }
        if (rows.stream().anyMatch(Optional::isPresent)) {
            throw changed(group);
        }
    }

    private List<Optional<JobId>> hold(Session session, Group group) throws SQLException {
        return session.list(
                isShared ? HELD : GroupTables.END,
                row -> Optional.ofNullable(row.getBytes(1)).map(Ids::job),
                group.submitter(),
                group.name());
    }

    private void make(Session session, Group group) throws SQLException {
        StatementBatch row = session.batch(isShared ? NEW + IF_MISSING : NEW);
        row.text(group.submitter()).text(group.name()).add();
        row.run();
    }

    private void close(Session session, Group group, AdmittedJob end) throws SQLException {
        if (isShared || GroupTables.isMissing(session, group)) {
            make(session, group);
        }
        StatementBatch row = session.batch(CLOSE);
        row.id(end.stored().id()).text(group.submitter()).text(group.name()).add();
        boolean isFirst = row.run()[0] == 1;
        if (!isFirst || !Set.copyOf(end.dependencies()).containsAll(tables.jobs(session, group, Integer.MAX_VALUE))) {
            throw changed(group);
        }
    }

    private static GroupChangedException changed(Group group) {
        return new GroupChangedException(group.submitter(), group.name());
    }
}
