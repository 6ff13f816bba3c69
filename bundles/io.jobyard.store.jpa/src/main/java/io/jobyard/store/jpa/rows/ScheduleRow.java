// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.SchedulePause;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.store.jpa.sql.Ids;
import java.time.Instant;
import java.util.Objects;
import javax.persistence.Column;
import org.jspecify.annotations.Nullable;

/** Row of a schedule. Its fields are the only list of its columns. */
final class ScheduleRow {

    static final EntityColumns<ScheduleRow> COLUMNS = new EntityColumns<>(ScheduleRow.class, ScheduleRow::new);

    @Column(name = "NAME")
    private String name;

    @Column(name = "VERSION")
    private int version;

    @Column(name = "DEFINITION")
    private @Nullable String definition;

    @Column(name = "TIMING")
    private String timing;

    @Column(name = "DECIDED_AT")
    private Instant decided;

    @Column(name = "LAST_FIRE_AT")
    private @Nullable Instant lastFire;

    @Column(name = "LAST_JOB")
    private byte @Nullable [] lastJob;

    @Column(name = "OVERLAPPED")
    private int overlaps;

    @Column(name = "PAUSED_BY")
    private @Nullable String pausedBy;

    @Column(name = "PAUSED_AT")
    private @Nullable Instant pausedAt;

    @Column(name = "PAUSE_REASON")
    private @Nullable String pauseReason;

    @Column(name = "PAUSED_UNTIL")
    private @Nullable Instant pausedUntil;

    @Column(name = "BACKFILLED_AT")
    private @Nullable Instant backfilled;

    @Column(name = "BACKFILL_TO")
    private @Nullable Instant backfillTo;

    @Column(name = "BACKFILL_JOB")
    private byte @Nullable [] backfillJob;

    /** Required by the persistence provider. */
    @SuppressWarnings("NullAway.Init") // EntityColumns sets the fields
    private ScheduleRow() {}

    static ScheduleRow of(StoredSchedule schedule) {
        ScheduleRow row = new ScheduleRow();
        row.name = schedule.name();
        row.version = schedule.version();
        row.definition = schedule.definition();
        row.timing = schedule.timing();
        row.decided = schedule.fires().decided();
        row.lastFire = schedule.fires().lastFire();
        row.lastJob = bytes(schedule.fires().lastJob());
        row.overlaps = schedule.fires().overlaps();
        SchedulePause pause = schedule.pause();
        if (pause != null) {
            row.pausedBy = pause.by();
            row.pausedAt = pause.since();
            row.pauseReason = pause.reason();
            row.pausedUntil = pause.until();
        }
        StoredSchedule.Backfill backfill = schedule.backfill();
        if (backfill != null) {
            row.backfilled = backfill.after();
            row.backfillTo = backfill.to();
            row.backfillJob = bytes(backfill.job());
        }
        return row;
    }

    StoredSchedule toStored() {
        SchedulePause pause = pausedBy == null
                ? null
                : new SchedulePause(pausedBy, Objects.requireNonNull(pausedAt), pauseReason, pausedUntil);
        StoredSchedule.Backfill backfill = backfilled == null
                ? null
                : new StoredSchedule.Backfill(backfilled, Objects.requireNonNull(backfillTo), job(backfillJob));
        return new StoredSchedule(
                name,
                version,
                definition,
                timing,
                new StoredSchedule.FireProgress(decided, lastFire, job(lastJob), overlaps),
                pause,
                backfill);
    }

    private static byte @Nullable [] bytes(@Nullable JobId job) {
        return job == null ? null : Ids.bytes(job.value());
    }

    private static @Nullable JobId job(byte @Nullable [] bytes) {
        return bytes == null ? null : Ids.job(bytes);
    }
}
