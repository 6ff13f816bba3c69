// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.persistence.EntityManager;

/** Jobs and their histories, read as entities; and as plain rows, at a fraction of the cost, for the scheduler. */
final class JobRows {

    private static final String JOBS = "SELECT j FROM JobRow j WHERE j.id IN :ids";
    private static final String HISTORY = "SELECT h FROM HistoryRow h WHERE h.jobId = :id ORDER BY h.seq";

    private static final String HISTORIES =
            "SELECT " + HistoryRow.COLUMNS.names() + " FROM history WHERE job_id IN (?) ORDER BY job_id, seq";

    private static final String ROWS = "SELECT " + JobRow.COLUMNS.names() + ", payload FROM job WHERE id IN (?)";
    private static final String STORED = "SELECT " + JobRow.COLUMNS.names() + " FROM job WHERE id IN (?)";

    /** A job with what its handler gets. */
    record Loaded(StoredJob job, String payload) {}

    private JobRows() {}

    /** Those that exist, with their payloads. */
    static Map<JobId, Loaded> load(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, Loaded> found = new HashMap<>();
        Map<JobId, StoredJob> large = new HashMap<>();
        session.in(ROWS, ids, row -> {
            StoredJob job = JobRow.COLUMNS.read(row).toStored();
            String payload = row.getString(JobRow.COLUMNS.count() + 1);
            return payload == null ? large.put(job.id(), job) : found.put(job.id(), new Loaded(job, payload));
        });
        JobTexts.PAYLOAD
                .large(session, large.keySet())
                .forEach((id, payload) -> found.put(id, new Loaded(large.get(id), payload)));
        return found;
    }

    /** Those that exist, in the order asked. */
    static List<StoredJob> stored(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, StoredJob> found = new HashMap<>();
        session.in(STORED, ids, row -> {
            StoredJob job = JobRow.COLUMNS.read(row).toStored();
            return found.put(job.id(), job);
        });
        return inOrder(ids, found);
    }

    /** Those that exist, in the order asked. */
    static List<StoredJob> jobs(EntityManager manager, Collection<JobId> ids) {
        Map<JobId, StoredJob> found = new HashMap<>();
        for (List<byte[]> chunk : Ids.chunks(ids)) {
            for (JobRow row : manager.createQuery(JOBS, JobRow.class)
                    .setParameter("ids", chunk)
                    .getResultList()) {
                StoredJob job = row.toStored();
                found.put(job.id(), job);
            }
        }
        return inOrder(ids, found);
    }

    private static List<StoredJob> inOrder(Collection<JobId> ids, Map<JobId, StoredJob> found) {
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Of those that exist. */
    static Map<JobId, List<HistoryEvent>> histories(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, List<HistoryEvent>> found = new HashMap<>();
        session.in(HISTORIES, new HashSet<>(ids), row -> {
            HistoryRow change = HistoryRow.COLUMNS.read(row);
            return found.computeIfAbsent(change.job(), any -> new ArrayList<>()).add(change.toEvent());
        });
        return found;
    }

    static List<HistoryEvent> history(EntityManager manager, JobId id) {
        return manager
                .createQuery(HISTORY, HistoryRow.class)
                .setParameter("id", Ids.bytes(id.value()))
                .getResultList()
                .stream()
                .map(HistoryRow::toEvent)
                .toList();
    }
}
