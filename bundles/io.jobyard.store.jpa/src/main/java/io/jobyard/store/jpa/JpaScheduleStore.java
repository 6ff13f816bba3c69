// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.ScheduleWrite;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.ScheduleTables;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Schedules. The inbox accepts their changes even when it is full, because each caller waits for its answer. */
final class JpaScheduleStore implements ScheduleStore {

    private final Inbox inbox;
    private final ReadPool readers;
    private final JobRows rows;

    JpaScheduleStore(Inbox inbox, ReadPool readers, JobRows rows) {
        this.inbox = inbox;
        this.readers = readers;
        this.rows = rows;
    }

    @Override
    public CompletableFuture<Boolean> store(ScheduleChange change) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new ScheduleWrite(change, future), future);
    }

    @Override
    public List<StoredSchedule> schedules() {
        return readers.ask(ScheduleTables::all);
    }

    @Override
    public Optional<StoredSchedule> schedule(String name) {
        return readers.ask(session -> ScheduleTables.find(session, name));
    }

    @Override
    public List<StoredJob> latestJobs(String name, int limit) {
        return readers.ask(session -> rows.stored(session, ScheduleTables.latest(session, name, limit)));
    }

    @Override
    public Optional<JobId> jobOf(Fire fire) {
        return readers.ask(session -> ScheduleTables.job(session, fire));
    }
}
