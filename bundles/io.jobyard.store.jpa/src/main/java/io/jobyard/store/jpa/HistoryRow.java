// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.spi.StoredJob;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One change of a job. Its fields are the one list of its columns. */
@Entity
@Table(name = "HISTORY")
@IdClass(HistoryRow.Key.class)
class HistoryRow {

    static final EntityColumns<HistoryRow> COLUMNS = new EntityColumns<>(HistoryRow.class, HistoryRow::new);

    @Id
    @Column(name = "JOB_ID")
    private byte[] jobId;

    @Id
    @Column(name = "SEQ")
    private int seq;

    @Convert(converter = UtcInstant.class)
    @Column(name = "HAPPENED_AT")
    private Instant at;

    @Column(name = "WHO")
    private String who;

    @Column(name = "FROM_STATUS")
    private @Nullable String from;

    @Column(name = "TO_STATUS")
    private String to;

    @Column(name = "REASON")
    private @Nullable String reason;

    @Column(name = "HOST")
    private @Nullable String host;

    @Column(name = "RUN")
    private int run;

    @Column(name = "ATTEMPT")
    private int attempt;

    @Column(name = "WHY")
    private String why;

    @Column(name = "HANDLER_VERSION")
    private @Nullable String handlerVersion;

    @Column(name = "BUNDLE")
    private @Nullable String bundle;

    /** For the persistence provider. */
    protected HistoryRow() {}

    static HistoryRow of(StoredJob after, HistoryEvent event) {
        JobStatus before = event.from();
        Reason cause = event.reason();
        HandlerName handler = event.handler();
        HistoryRow row = new HistoryRow();
        row.jobId = Ids.bytes(after.id().value());
        row.seq = after.books().version();
        row.at = event.at();
        row.who = event.who();
        row.from = before == null ? null : before.text();
        row.to = event.to().text();
        row.reason = cause == null ? null : cause.text();
        row.host = event.host();
        row.run = event.run();
        row.attempt = event.attempt();
        row.why = JobTexts.cut(event.why());
        row.handlerVersion = handler == null ? null : handler.version();
        row.bundle = handler == null ? null : handler.bundle();
        return row;
    }

    JobId job() {
        return Ids.job(jobId);
    }

    HistoryEvent toEvent() {
        return new HistoryEvent(
                at,
                who,
                from == null ? null : JobStatus.of(from),
                JobStatus.of(to),
                reason == null ? null : Reason.of(reason),
                host,
                run,
                attempt,
                why,
                handlerVersion == null || bundle == null ? null : new HandlerName(handlerVersion, bundle));
    }

    /** The job and its version after the change. */
    static final class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        byte[] jobId = new byte[0];
        int seq;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && seq == key.seq && Arrays.equals(jobId, key.jobId);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(jobId) + seq;
        }
    }
}
