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
import java.time.Duration;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A job as reads see it. Never changed: what is written goes by the committer's statements. */
@Entity
@Table(name = "JOB")
class JobRow {

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
        return new JobState(JobStatus.of(status), why, run, attempt, changedAt, startedAt, completedAt, error, host);
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
