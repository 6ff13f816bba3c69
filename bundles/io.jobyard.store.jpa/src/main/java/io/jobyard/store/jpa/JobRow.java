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
import io.jobyard.store.jpa.UpdateScope.WrittenFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row of a job. Its fields are the one list of its columns: people's reads go by the entity, the committer's statements and
 * the scheduler's reads, whose every start pays for them, by {@link #COLUMNS}.
 */
@Entity
@Table(name = "JOB")
class JobRow {

    static final EntityColumns<JobRow> COLUMNS = new EntityColumns<>(JobRow.class, JobRow::new);

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

    @WrittenFrom(UpdateScope.TERMS)
    @Column(name = "QUEUE")
    private @Nullable String queue;

    @WrittenFrom(UpdateScope.TERMS)
    @Column(name = "PRIORITY")
    private int priority;

    @Column(name = "TIMEOUT_MILLIS")
    private long timeoutMillis;

    @Column(name = "MAX_RETRIES")
    private int maxRetries;

    @Column(name = "IF_DEPENDENCY_FAILS")
    private String ifDependencyFails;

    @WrittenFrom(UpdateScope.TERMS)
    @Convert(converter = UtcInstant.class)
    @Column(name = "NOT_BEFORE")
    private @Nullable Instant notBefore;

    @Convert(converter = UtcInstant.class)
    @Column(name = "EXPIRES_AT")
    private @Nullable Instant expires;

    @Column(name = "JOB_KEY")
    private @Nullable String key;

    @WrittenFrom(UpdateScope.TERMS)
    @Column(name = "LABELS")
    private @Nullable String labels;

    @Column(name = "HANDLER_VERSION")
    private @Nullable String handlerVersion;

    @WrittenFrom(UpdateScope.TERMS)
    @Column(name = "LIMITS")
    private @Nullable String limits;

    @Column(name = "ESTIMATES")
    private @Nullable String estimates;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "STATUS")
    private String status;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "REASON")
    private @Nullable String reason;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "RUN")
    private int run;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "ATTEMPT")
    private int attempt;

    @WrittenFrom(UpdateScope.STATE)
    @Convert(converter = UtcInstant.class)
    @Column(name = "CHANGED_AT")
    private Instant changedAt;

    @WrittenFrom(UpdateScope.STATE)
    @Convert(converter = UtcInstant.class)
    @Column(name = "STARTED_AT")
    private @Nullable Instant startedAt;

    @WrittenFrom(UpdateScope.STATE)
    @Convert(converter = UtcInstant.class)
    @Column(name = "COMPLETED_AT")
    private @Nullable Instant completedAt;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "ERROR")
    private @Nullable String error;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "HOST")
    private @Nullable String host;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "RAN_IN")
    private @Nullable String ranIn;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "VERSION")
    private int version;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "PENDING")
    private int pending;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "LOSSES")
    private int losses;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "CANCEL_REQUESTED")
    private boolean cancelRequested;

    @WrittenFrom(UpdateScope.STATE)
    @Column(name = "INCARNATION")
    private byte @Nullable [] incarnation;

    @WrittenFrom(UpdateScope.PLACE)
    @Convert(converter = UtcInstant.class)
    @Column(name = "READY_AT")
    private @Nullable Instant readyAt;

    @WrittenFrom(UpdateScope.STATE)
    @Convert(converter = UtcInstant.class)
    @Column(name = "DUE_AT")
    private @Nullable Instant dueAt;

    /** For the persistence provider. */
    protected JobRow() {}

    static JobRow of(StoredJob stored) {
        JobRow row = moved(stored);
        Job job = stored.job();
        row.id = Ids.bytes(job.id().value());
        row.submitter = job.submitter();
        row.createdAt = job.createdAt();
        row.setTerms(job.terms());
        return row;
    }

    /** With what a move writes. */
    static JobRow moved(StoredJob after, UpdateScope scope) {
        JobRow row = moved(after);
        if (scope == UpdateScope.TERMS) { // the others need none of the texts that these are made of
            row.setTerms(after.job().terms());
        }
        return row;
    }

    private static JobRow moved(StoredJob after) {
        JobRow row = new JobRow();
        row.setState(after.job().state());
        row.setBooks(after.books());
        return row;
    }

    private void setTerms(JobTerms terms) {
        type = terms.type();
        queue = terms.queue();
        priority = terms.priority();
        timeoutMillis = terms.timeout().toMillis();
        maxRetries = terms.maxRetries();
        ifDependencyFails = terms.ifDependencyFails().text();
        notBefore = terms.notBefore();
        expires = terms.expires();
        key = terms.key();
        labels = Labels.write(terms.labels());
        handlerVersion = terms.handlerVersion();
        limits = Amounts.writeNames(terms.limits());
        estimates = Amounts.write(terms.estimate());
    }

    private void setState(JobState state) {
        Reason why = state.reason();
        status = state.status().text();
        reason = why == null ? null : why.text();
        run = state.run();
        attempt = state.attempt();
        changedAt = state.changedAt();
        startedAt = state.startedAt();
        completedAt = state.completedAt();
        error = JobTexts.cut(state.error());
        host = state.host();
        ranIn = state.queue();
    }

    private void setBooks(Bookkeeping books) {
        UUID holder = books.incarnation();
        version = books.version();
        pending = books.pending();
        losses = books.losses();
        cancelRequested = books.cancelRequested();
        incarnation = holder == null ? null : Ids.bytes(holder);
        readyAt = books.readyAt();
        dueAt = books.dueAt();
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
