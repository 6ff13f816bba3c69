// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.StepKind;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps and waits of jobs, written in one transaction. Any thread may read them. */
public final class StepTable {

    private static final String INSERT =
            "INSERT INTO job_step (job_id, dropped_after, number, name, kind, run, started_at,"
                    + " ended_at, due_at, awaits, signal, failed, children, content, characters)"
                    + " VALUES (?,0,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    private static final String PLACE = " WHERE job_id = ? AND dropped_after = 0 AND number ";
    private static final String END =
            "UPDATE job_step SET ended_at = ?, signal = ?, failed = ?, content = ?, characters = ?" + PLACE + "= ?";
    private static final String DROP = "UPDATE job_step SET dropped_after = ?" + PLACE + ">= ?";
    private static final String NO_TEXT =
            "DELETE FROM step_text WHERE job_id = ? AND number = ? AND run = ? AND kind = 'V'";
    private static final String TEXT = "INSERT INTO step_text (job_id, number, run, kind, content) VALUES (?,?,?,?,?)";
    private static final String CHILD = "INSERT INTO step_child (child, job_id, number, run) VALUES (?,?,?,?)";

    private static final String READ = "SELECT number, name, kind, run, started_at, ended_at, due_at, awaits, signal,"
            + " failed, children, content, characters, dropped_after FROM job_step"
            + " WHERE job_id = ? ORDER BY job_id, dropped_after, number";
    private static final String LARGE = "SELECT number, run, content FROM step_text WHERE job_id = ? AND kind = 'C'";
    private static final String VALUE = "SELECT run, content FROM job_step" + PLACE + "= ?";
    private static final String LARGE_VALUE =
            "SELECT content FROM step_text WHERE job_id = ? AND number = ? AND run = ? AND kind = 'V'";
    private static final String OPEN = "SELECT job_id, number, awaits FROM job_step"
            + " WHERE job_id IN (?) AND dropped_after = 0 AND ended_at IS NULL";
    private static final String PARENTS = "SELECT child, job_id, number, run FROM step_child WHERE child IN (?)";
    private static final String CHILDREN = "SELECT job_id, child FROM step_child WHERE job_id IN (?)";
    private static final String AWAITED =
            "SELECT c.job_id, c.child FROM step_child c JOIN job_step s ON s.job_id = c.job_id"
                    + " AND s.dropped_after = 0 AND s.number = c.number AND s.run = c.run"
                    + " WHERE c.job_id IN (?) AND s.ended_at IS NULL";
    private static final String AWAITING =
            "SELECT s.job_id, s.number, s.run FROM job_step s JOIN job j ON j.id = s.job_id"
                    + " WHERE s.job_id IN (?) AND s.dropped_after = 0 AND s.ended_at IS NULL AND j.completed_at IS NULL";

    /**
     * Open wait of a job.
     *
     * @param awaits signal that the wait is for; null for another kind of wait
     */
    public record Open(int number, @Nullable String awaits) {}

    /** Position of a step, even of one that no longer counts. */
    private record StoredPosition(JobId job, int number, int run) {}

    private record Birth(JobId child, StoredPosition position) {}

    private boolean empty = true;
    private final List<StoredStep> ends = new ArrayList<>();

    public void keep(Session session, JobId job, StoredStep step) throws SQLException {
        empty = false;
        String children = Ids.text(step.children());
        session.batch(INSERT)
                .id(job)
                .number(step.number())
                .text(step.name())
                .text(step.kind().text())
                .number(step.run())
                .instant(step.startedAt())
                .instant(step.endedAt())
                .instant(step.dueAt())
                .text(step.awaits())
                .number(step.signal())
                .truth(step.failed())
                .text(LargeTexts.inRow(children))
                .text(LargeTexts.inRow(step.value()))
                .number(step.characters())
                .add();
        text(session, job, step, "C", children);
        text(session, job, step, "V", step.value());
        for (JobId child : step.children()) {
            session.batch(CHILD)
                    .id(child)
                    .id(job)
                    .number(step.number())
                    .number(step.run())
                    .add();
        }
    }

    public void end(Session session, JobId job, StoredStep wait) throws SQLException {
        empty = false;
        ends.add(wait);
        session.batch(END)
                .instant(wait.endedAt())
                .number(wait.signal())
                .truth(wait.failed())
                .text(LargeTexts.inRow(wait.value()))
                .number(wait.characters())
                .id(job)
                .number(wait.number())
                .add();
        if (!wait.isFinished()) {
            session.batch(NO_TEXT)
                    .id(job)
                    .number(wait.number())
                    .number(wait.run())
                    .add();
        }
        text(session, job, wait, "V", wait.value());
    }

    private static void text(Session session, JobId job, StoredStep step, String kind, @Nullable String text)
            throws SQLException {
        if (text != null && text.length() > LargeTexts.SMALL) {
            session.batch(TEXT)
                    .id(job)
                    .number(step.number())
                    .number(step.run())
                    .text(kind)
                    .text(text)
                    .add();
        }
    }

    public void drop(Session session, JobId job, int from, int afterRun) throws SQLException {
        empty = false;
        session.batch(DROP).number(afterRun).id(job).number(from).add();
    }

    public void run(Session session) throws SQLException {
        if (empty) {
            return;
        }
        session.batch(DROP).later();
        session.batch(INSERT).later();
        int[] counts = session.batch(END).run();
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] == 0) {
                throw new SQLException("the job has no wait " + ends.get(n).number());
            }
        }
        session.batch(NO_TEXT).later();
        session.batch(TEXT).later();
        session.batch(CHILD).later();
        ends.clear();
        empty = true;
    }

    /** Implements {@link io.jobyard.spi.steps.WorkStore#steps}. */
    public static List<StoredStep> read(Session session, JobId job) throws SQLException {
        List<StoredStep> steps = session.list(READ, StepTable::step, job);
        if (steps.stream().noneMatch(StepTable::lacksChildren)) {
            return steps;
        }
        Map<StoredPosition, List<JobId>> large = new HashMap<>();
        session.list(
                LARGE,
                row -> large.put(new StoredPosition(job, row.getInt(1), row.getInt(2)), Ids.read(row.getString(3))),
                job);
        return steps.stream()
                .map(step -> lacksChildren(step)
                        ? step.of(large.getOrDefault(new StoredPosition(job, step.number(), step.run()), List.of()))
                        : step)
                .toList();
    }

    private static boolean lacksChildren(StoredStep step) {
        return step.kind() == StepKind.CHILDREN && step.children().isEmpty();
    }

    private static StoredStep step(ResultSet row) throws SQLException {
        String children = row.getString(11);
        Instant endedAt = Utc.read(row, 6);
        return new StoredStep(
                row.getInt(1),
                row.getString(2),
                StepKind.of(row.getString(3)),
                row.getInt(4),
                Utc.present(row, 5),
                StoredStep.awaiting(
                        Utc.read(row, 7), row.getString(8), children == null ? List.of() : Ids.read(children)),
                endedAt == null
                        ? null
                        : new StoredStep.StepEnd(
                                endedAt, row.getInt(9), row.getBoolean(10), row.getString(12), row.getInt(13)),
                row.getInt(14));
    }

    public static Optional<String> value(Session session, JobId job, int number) throws SQLException {
        Optional<String> small = Optional.empty();
        for (Map.Entry<Integer, Optional<String>> found : session.list(
                VALUE, row -> Map.entry(row.getInt(1), Optional.ofNullable(row.getString(2))), job, number)) {
            small = found.getValue();
            if (small.isEmpty()) {
                return session.list(LARGE_VALUE, row -> row.getString(1), job, number, found.getKey()).stream()
                        .findFirst();
            }
        }
        return small;
    }

    /** Returns the open waits of the given jobs. */
    public static Map<JobId, List<Open>> open(Session session, Collection<JobId> jobs) throws SQLException {
        Map<JobId, List<Open>> found = new HashMap<>();
        session.in(
                OPEN,
                jobs,
                row -> found.computeIfAbsent(Ids.first(row), any -> new ArrayList<>())
                        .add(new Open(row.getInt(2), row.getString(3))));
        return found;
    }

    /** Returns the stored child jobs that these jobs wait for or have waited for. */
    public static Map<JobId, List<JobId>> children(Session session, Collection<JobId> jobs) throws SQLException {
        return children(session, CHILDREN, jobs);
    }

    /** Returns the child jobs that these jobs wait for now. */
    public static Map<JobId, List<JobId>> awaitedBy(Session session, Collection<JobId> jobs) throws SQLException {
        return children(session, AWAITED, jobs);
    }

    private static Map<JobId, List<JobId>> children(Session session, String question, Collection<JobId> jobs)
            throws SQLException {
        Map<JobId, List<JobId>> found = new HashMap<>();
        session.in(
                question,
                jobs,
                row -> found.computeIfAbsent(Ids.first(row), any -> new ArrayList<>())
                        .add(Ids.job(row.getBytes(2))));
        return found;
    }

    /** Returns the given child jobs that another job still waits for, or whose results it has not read. */
    public static Set<JobId> awaited(Session session, Collection<JobId> children) throws SQLException {
        List<Birth> births = session.in(
                PARENTS,
                children,
                row -> new Birth(
                        Ids.first(row), new StoredPosition(Ids.job(row.getBytes(2)), row.getInt(3), row.getInt(4))));
        Set<JobId> parents =
                births.stream().map(birth -> birth.position().job()).collect(Collectors.toSet());
        Set<StoredPosition> open = new HashSet<>(
                session.in(AWAITING, parents, row -> new StoredPosition(Ids.first(row), row.getInt(2), row.getInt(3))));
        return births.stream()
                .filter(birth -> open.contains(birth.position()))
                .map(Birth::child)
                .collect(Collectors.toSet());
    }
}
