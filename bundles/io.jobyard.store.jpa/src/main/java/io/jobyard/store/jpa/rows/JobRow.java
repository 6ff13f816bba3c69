// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.rows.UpdateScope.WrittenIn;
import io.jobyard.store.jpa.sql.Ids;
import java.time.Instant;
import java.util.UUID;
import javax.persistence.Column;
import org.jspecify.annotations.Nullable;

/** Row of a job. The fields of this class and of its terms are the only list of its columns: all statements use {@link #COLUMNS}. */
public final class JobRow extends JobTermsColumns {

    public static final EntityColumns<JobRow> COLUMNS = new EntityColumns<>(JobRow.class, JobRow::new);

    @Column(name = "ID")
    private byte[] id;

    @Column(name = "SUBMITTER")
    private String submitter;

    @Column(name = "CREATED_AT")
    private Instant createdAt;

    @WrittenIn({UpdateScope.START, UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "STATUS")
    private String status;

    @WrittenIn({UpdateScope.START, UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "REASON")
    private @Nullable String reason;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "RUN")
    private int run;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "ATTEMPT")
    private int attempt;

    @WrittenIn({UpdateScope.START, UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "CHANGED_AT")
    private Instant changedAt;

    @WrittenIn({UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "STARTED_AT")
    private @Nullable Instant startedAt;

    @WrittenIn({UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "COMPLETED_AT")
    private @Nullable Instant completedAt;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "ERROR")
    private @Nullable String error;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "HOST")
    private @Nullable Integer host;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "RAN_IN")
    private @Nullable String ranIn;

    @WrittenIn({UpdateScope.START, UpdateScope.END, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "VERSION")
    private int version;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "PENDING")
    private int pending;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "LOSSES")
    private int losses;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "CANCEL_REQUESTED")
    private boolean cancelRequested;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "READY_AT")
    private @Nullable Instant readyAt;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "DUE_AT")
    private @Nullable Instant dueAt;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "BEGUN_WITH")
    private @Nullable String begunWith;

    @WrittenIn({UpdateScope.START, UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "CANARY")
    private boolean canary;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "MADE_FOR")
    private @Nullable String madeFor;

    @WrittenIn({UpdateScope.STATE, UpdateScope.TERMS})
    @Column(name = "PAYLOAD_FORM")
    private @Nullable String payloadForm;

    /** Required by the persistence provider. */
    @SuppressWarnings("NullAway.Init") // EntityColumns sets the fields
    private JobRow() {}

    public static JobRow of(StoredJob stored, Incarnations lives) {
        JobRow row = moved(null, stored, lives);
        Job job = stored.job();
        row.id = Ids.bytes(job.id().value());
        row.submitter = job.submitter();
        row.createdAt = job.createdAt();
        row.setTerms(job.terms());
        return row;
    }

    /** Returns a row with the columns that a state change writes. */
    public static JobRow moved(StoredJob before, StoredJob after, UpdateScope scope, Incarnations lives) {
        JobRow row = moved(before, after, lives);
        if (scope == UpdateScope.TERMS) { // other scopes do not write the terms
            row.setTerms(after.job().terms());
        }
        return row;
    }

    private static JobRow moved(@Nullable StoredJob before, StoredJob after, Incarnations lives) {
        JobRow row = new JobRow();
        row.setState(after.job().state());
        row.setBooks(after.books());
        String host = after.job().state().run().host();
        row.host = host == null ? null : lives.of(host, before, after).number();
        return row;
    }

    private void setState(JobState state) {
        Reason why = state.reason();
        status = state.status().text();
        reason = why == null ? null : why.text();
        run = state.run().number();
        attempt = state.run().attempt();
        changedAt = state.changedAt();
        startedAt = state.run().startedAt();
        completedAt = state.completedAt();
        error = state.error() == null ? null : LargeTexts.cut(state.error());
        ranIn = state.run().queue();
        begunWith = state.run().begunWith();
    }

    private void setBooks(SchedulingState books) {
        version = books.version();
        pending = books.pending();
        losses = books.losses();
        cancelRequested = books.cancelRequested();
        readyAt = books.readyAt();
        dueAt = books.dueAt();
        canary = books.versions().canary();
        madeFor = books.versions().madeFor();
        payloadForm = books.versions().form();
    }

    StoredJob toStored(Incarnations lives) {
        Incarnation life = host == null ? null : lives.life(host);
        Job job = new Job(Ids.job(id), submitter, createdAt, terms(), state(life));
        return new StoredJob(job, books(life));
    }

    private JobState state(@Nullable Incarnation life) {
        String hostName = life == null ? null : life.host();
        Reason why = reason == null ? null : Reason.of(reason);
        return new JobState(
                JobStatus.of(status),
                why,
                changedAt,
                completedAt,
                error,
                new JobState.RunState(run, attempt, startedAt, hostName, ranIn, begunWith));
    }

    private SchedulingState books(@Nullable Incarnation life) {
        UUID holder = life == null || JobStatus.of(status) != JobStatus.RUNNING ? null : life.id();
        JobVersions versions = madeFor == null && payloadForm == null && !canary
                ? JobVersions.NONE
                : new JobVersions(madeFor, payloadForm, canary);
        return new SchedulingState(version, pending, losses, cancelRequested, holder, readyAt, dueAt, versions);
    }
}
