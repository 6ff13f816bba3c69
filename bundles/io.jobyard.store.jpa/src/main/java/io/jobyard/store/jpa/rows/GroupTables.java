// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Groups and their jobs: queries about groups, and the removal of their jobs. */
public final class GroupTables {

    /** A submitter's group. Transactions lock groups in this order, so that no deadlock occurs. */
    public record Group(String submitter, String name) implements Comparable<Group> {

        private static final Comparator<Group> ORDER =
                Comparator.comparing(Group::submitter).thenComparing(Group::name);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    static final String ONE = " WHERE submitter = ? AND name = ?";
    static final String END = "SELECT end_job FROM job_group" + ONE;

    private static final String STATUSES = "SELECT status FROM job WHERE id IN (?)";
    private static final String NO_JOB = "DELETE FROM group_job" + ONE + " AND job_id = ?";
    /** Deletes a group without jobs. If another host adds a job at the same moment and commits later, it creates the row again. */
    private static final String NO_GROUP = "DELETE FROM job_group" + ONE;

    private final String jobs;

    /** Creates the queries. The query for jobs names its index, because Derby planned it while the table was empty. */
    public GroupTables(SqlDialect dialect) {
        jobs = "SELECT job_id FROM group_job" + dialect.withIndex("group_job_position") + ONE
                + " ORDER BY submitter, name, job_id FETCH FIRST ? ROWS ONLY";
    }

    public static Optional<JobId> end(Session session, Group group) throws SQLException {
        return session
                .list(END, row -> Optional.ofNullable(row.getBytes(1)).map(Ids::job), group.submitter(), group.name())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    static boolean isMissing(Session session, Group group) throws SQLException {
        return session.list(END, row -> true, group.submitter(), group.name()).isEmpty();
    }

    public List<JobId> jobs(Session session, Group group, int limit) throws SQLException {
        return session.list(jobs, Ids::first, group.submitter(), group.name(), limit);
    }

    public Optional<JobGroup> group(Session session, Group group) throws SQLException {
        Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
        for (JobStatus status :
                session.in(STATUSES, jobs(session, group, Integer.MAX_VALUE), row -> JobStatus.of(row.getString(1)))) {
            byStatus.merge(status, 1L, Long::sum);
        }
        return byStatus.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobGroup(
                        group.name(),
                        group.submitter(),
                        byStatus,
                        end(session, group).orElse(null)));
    }

    /** Removes jobs from their groups, and groups without remaining jobs. */
    public void removed(Session session, List<StoredJob> gone) throws SQLException {
        Set<Group> left = new TreeSet<>();
        for (StoredJob job : gone) {
            String name = job.job().terms().identity().group();
            if (name != null) {
                Group group = new Group(job.job().submitter(), name);
                left.add(group);
                session.batch(NO_JOB)
                        .text(group.submitter())
                        .text(name)
                        .id(job.id())
                        .add();
            }
        }
        session.batch(NO_JOB).run();
        for (Group group : left) {
            if (jobs(session, group, 1).isEmpty()) {
                session.batch(NO_GROUP)
                        .text(group.submitter())
                        .text(group.name())
                        .add();
            }
        }
        session.batch(NO_GROUP).run();
    }
}
