// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.StoredJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A job as reads see it: an entity where people ask, a plain row where the scheduler does, whose every start pays for
 * it. Never changed: what is written goes by the committer's statements.
 */
@Entity
@Table(name = "JOB")
class JobRow {

    /** What {@link #read} wants, in its order. */
    static final String COLUMNS = "id, submitter, created_at, type, queue, priority, timeout_millis, max_retries,"
            + " if_dependency_fails, not_before, expires_at, job_key, labels, handler_version, status, reason, run,"
            + " attempt, changed_at, started_at, completed_at, error, host, version, pending, losses,"
            + " cancel_requested, incarnation, ready_at, due_at, limits, estimates, ran_in";

    static final int COLUMN_COUNT = 33;

    @Id
    @Column(name = "ID")
    private byte[] id;

    @Column(name = "SUBMITTER")
    private String submitter;

    @Convert(converter = UtcInstant.class)
    @Column(name = "CREATED_AT")
    private Instant createdAt;

    @Column(name = "TYPE")
    private String type;

    @Column(name = "QUEUE")
    private @Nullable String queue;

    @Column(name = "PRIORITY")
    private int priority;

    @Column(name = "TIMEOUT_MILLIS")
    private long timeoutMillis;

    @Column(name = "MAX_RETRIES")
    private int maxRetries;

    @Column(name = "IF_DEPENDENCY_FAILS")
    private String ifDependencyFails;

    @Convert(converter = UtcInstant.class)
    @Column(name = "NOT_BEFORE")
    private @Nullable Instant notBefore;

    @Convert(converter = UtcInstant.class)
    @Column(name = "EXPIRES_AT")
    private @Nullable Instant expires;

    @Column(name = "JOB_KEY")
    private @Nullable String key;

    @Column(name = "LABELS")
    private @Nullable String labels;

    @Column(name = "HANDLER_VERSION")
    private @Nullable String handlerVersion;

    @Column(name = "LIMITS")
    private @Nullable String limits;

    @Column(name = "ESTIMATES")
    private @Nullable String estimates;

    @Column(name = "STATUS")
    private String status;

    @Column(name = "REASON")
    private @Nullable String reason;

    @Column(name = "RUN")
    private int run;

    @Column(name = "ATTEMPT")
    private int attempt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "CHANGED_AT")
    private Instant changedAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "STARTED_AT")
    private @Nullable Instant startedAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "COMPLETED_AT")
    private @Nullable Instant completedAt;

    @Column(name = "ERROR")
    private @Nullable String error;

    @Column(name = "HOST")
    private @Nullable String host;

    @Column(name = "RAN_IN")
    private @Nullable String ranIn;

    @Column(name = "VERSION")
    private int version;

    @Column(name = "PENDING")
    private int pending;

    @Column(name = "LOSSES")
    private int losses;

    @Column(name = "CANCEL_REQUESTED")
    private boolean cancelRequested;

    @Column(name = "INCARNATION")
    private byte @Nullable [] incarnation;

    @Convert(converter = UtcInstant.class)
    @Column(name = "READY_AT")
    private @Nullable Instant readyAt;

    @Convert(converter = UtcInstant.class)
    @Column(name = "DUE_AT")
    private @Nullable Instant dueAt;

    /** For the persistence provider. */
    protected JobRow() {}

    static JobRow read(ResultSet row) throws SQLException {
        JobRow job = new JobRow();
        job.id = row.getBytes(1);
        job.submitter = row.getString(2);
        job.createdAt = Utc.present(row, 3);
        job.type = row.getString(4);
        job.queue = row.getString(5);
        job.priority = row.getInt(6);
        job.timeoutMillis = row.getLong(7);
        job.maxRetries = row.getInt(8);
        job.ifDependencyFails = row.getString(9);
        job.notBefore = Utc.read(row, 10);
        job.expires = Utc.read(row, 11);
        job.key = row.getString(12);
        job.labels = row.getString(13);
        job.handlerVersion = row.getString(14);
        job.readState(row, 15);
        job.limits = row.getString(31);
        job.estimates = row.getString(32);
        job.ranIn = row.getString(33);
        return job;
    }

    private void readState(ResultSet row, int first) throws SQLException {
        status = row.getString(first);
        reason = row.getString(first + 1);
        run = row.getInt(first + 2);
        attempt = row.getInt(first + 3);
        changedAt = Utc.present(row, first + 4);
        startedAt = Utc.read(row, first + 5);
        completedAt = Utc.read(row, first + 6);
        error = row.getString(first + 7);
        host = row.getString(first + 8);
        version = row.getInt(first + 9);
        pending = row.getInt(first + 10);
        losses = row.getInt(first + 11);
        cancelRequested = row.getBoolean(first + 12);
        incarnation = row.getBytes(first + 13);
        readyAt = Utc.read(row, first + 14);
        dueAt = Utc.read(row, first + 15);
    }

    StoredJob toStored() {
        Job job = new Job(Ids.job(id), submitter, createdAt, terms(), state());
        return new StoredJob(job, books());
    }

    private JobTerms terms() {
        return new JobTerms(
                type,
                queue,
                priority,
                Duration.ofMillis(timeoutMillis),
                maxRetries,
                DependencyPolicy.of(ifDependencyFails),
                notBefore,
                expires,
                key,
                Labels.read(labels),
                handlerVersion,
                Amounts.readNames(limits),
                Amounts.read(estimates));
    }

    private JobState state() {
        Reason why = reason == null ? null : Reason.of(reason);
        return new JobState(
                JobStatus.of(status), why, run, attempt, changedAt, startedAt, completedAt, error, host, ranIn);
    }

    private Bookkeeping books() {
        return new Bookkeeping(
                version,
                pending,
                losses,
                cancelRequested,
                incarnation == null ? null : Ids.uuid(incarnation),
                readyAt,
                dueAt);
    }
}
