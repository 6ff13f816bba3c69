// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a host writes into its database, each recognised by the rows that it sends. */
public enum Deed {
    SUBMIT(true, "a new job", any(row -> row.moves("", "waiting|queued"))),
    START(true, "a job goes to a worker", any(row -> row.moves("queued", "running"))),
    OUTCOME(true, "a handler returned", any(row -> row.moves("running", "completed"))),
    FAIL(true, "a run failed permanently", any(row -> row.moves("running", "failed") && !row.because("crash"))),
    CANCELLED(true, "a run of a cancelled job ends", any(row -> row.moves("running", "cancelled"))),
    COME_BACK(true, "a run failed and will be retried", any(row -> row.moves("running", "waiting"))),
    GIVE_BACK(
            true, "a stop interrupts a run", any(row -> row.moves("running", "queued") && row.because("interrupted"))),
    RECOVER(true, "a run of a lost host is requeued", any(row -> row.because("host lost") || row.because("crash"))),
    DUE(
            true,
            "a job is due",
            rows -> !Sent.any(rows, "DELETE FROM edge")
                    && any(row -> row.moves("waiting", "queued|waiting") && !row.bySomebody())
                            .test(rows)),
    EXPIRE(true, "a job expires", any(row -> row.moves("waiting|queued", "failed") && !row.because("dependency"))),
    RELEASE(
            false,
            "a few dependents are released in the commit that finishes their dependency",
            rows -> Sent.any(rows, "DELETE FROM edge") && any(Sent::ends).test(rows)),
    MARK(
            false,
            "a finished job with many dependents gets a release marker",
            rows -> Sent.any(rows, "INSERT INTO release_marker")),
    SLICE(
            true,
            "some of many dependents are released",
            rows -> Sent.any(rows, "DELETE FROM edge")
                    && any(row -> row.ends() || row.moves("failed|cancelled", "queued|waiting"))
                            .negate()
                            .test(rows)),
    UNMARK(
            true,
            "a release marker is removed when no job waits for it",
            rows -> Sent.any(rows, "DELETE FROM release_marker")),
    CANCEL(
            true,
            "a user cancels a job that does not run",
            any(row -> row.moves("waiting|queued", "cancelled") && row.bySomebody())),
    CANCEL_ASKED(true, "a user cancels a running job", any(row -> row.moves("running", "running"))),
    RETRY(true, "a user retries a job", any(row -> row.moves("failed|cancelled", "queued|waiting"))),
    CHANGE(
            true,
            "a user changes a job that has not started",
            any(row -> row.moves("waiting|queued", "waiting|queued") && row.bySomebody())),
    PAGE(false, "the older part of a long history goes to a page", rows -> Sent.any(rows, "INSERT INTO trail_page")),
    LOG(true, "lines of a handler's log", rows -> Sent.any(rows, "INSERT INTO job_log")),
    LIMIT(true, "the usage of a limit", rows -> Sent.any(rows, "limit_level")),
    PAUSE(true, "a user pauses a queue", rows -> Sent.any(rows, "INSERT INTO queue_pause")),
    RESUME(
            true,
            "a user resumes a queue",
            rows -> Sent.any(rows, "DELETE FROM queue_pause") && !Sent.any(rows, "INSERT INTO queue_pause")),
    SERVED(true, "a handler serves a type for the first time", rows -> Sent.any(rows, "INSERT INTO handler_type")),
    AUDIT(
            true,
            "the operation of a user, or its rejection, is recorded",
            rows -> Sent.any(rows, "INSERT INTO audit")
                    && rows.stream().noneMatch(Sent::isMove)
                    && !Sent.any(rows, "INSERT INTO incarnation")),
    AUDIT_CUT(true, "the oldest rows of the audit are removed", rows -> Sent.any(rows, "DELETE FROM audit ")),
    PURGE(false, "jobs that ended long ago are removed", rows -> Sent.any(rows, "DELETE FROM job ")),
    FEED_CUT(false, "the oldest rows of the feed are removed", rows -> Sent.any(rows, "DELETE FROM feed ")),
    SCHEMA(false, "the tables of a new database", rows -> Sent.any(rows, "CREATE TABLE job ")),
    INCARNATION(false, "a host begins, with its lease", rows -> Sent.any(rows, "INSERT INTO incarnation")),
    GOODBYE(false, "a host shuts down cleanly", rows -> Sent.any(rows, "UPDATE incarnation")),
    BACKUP(false, "the database is copied", rows -> Sent.any(rows, "SYSCS_BACKUP_DATABASE")),
    COMPACT(false, "the database releases unused space", rows -> Sent.any(rows, "SYSCS_COMPRESS_TABLE"));

    private final boolean called;
    private final String meaning;
    private final Predicate<List<Sent>> rows;

    Deed(boolean called, String meaning, Predicate<List<Sent>> rows) {
        this.called = called;
        this.meaning = meaning;
        this.rows = rows;
    }

    private static Predicate<List<Sent>> any(Predicate<Sent> which) {
        return rows -> rows.stream().anyMatch(which);
    }

    public String meaning() {
        return meaning;
    }

    /** Which a database takes once. */
    public boolean isOfTheSchema() {
        return this == SCHEMA;
    }

    /** What a host does by itself while it writes something else nobody calls for. */
    public boolean has(Step step) {
        return called || step != Step.CALLED;
    }

    boolean isIn(List<Sent> sent) {
        return rows.test(sent);
    }

    /** Whether a fault can be put at such a move of a job, whoever makes it, and whether others wait for the job or not. */
    public static boolean knowsMove(String from, String to, String reason) {
        return Stream.of("jobyard", "somebody")
                .map(who -> Sent.move(who, from, to, reason))
                .anyMatch(move -> knows(List.of(move)) || knows(List.of(move, Sent.of("DELETE FROM edge"))));
    }

    /** Whether a fault can be put where these rows are. */
    static boolean knows(List<Sent> sent) {
        return Arrays.stream(values()).anyMatch(deed -> deed.isIn(sent));
    }
}
