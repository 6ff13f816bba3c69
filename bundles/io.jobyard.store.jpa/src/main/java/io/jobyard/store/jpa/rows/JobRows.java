// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads of jobs from their rows. */
public final class JobRows {

    private static final String ROWS = "SELECT " + JobRow.COLUMNS.names() + ", payload, trail FROM job WHERE id IN (?)";
    private static final String STORED = "SELECT " + JobRow.COLUMNS.names() + " FROM job";
    private static final String OF_IDS = " WHERE id IN (?)";

    /**
     * A job with its payload.
     *
     * @param trail the latest part of its history, from its row
     */
    public record Loaded(StoredJob job, String payload, String trail) {}

    private final Incarnations lives;

    public JobRows(Incarnations lives) {
        this.lives = lives;
    }

    /** Returns the existing jobs with their payloads. */
    public Map<JobId, Loaded> load(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, Loaded> found = new HashMap<>();
        Map<JobId, Loaded> large = new HashMap<>();
        session.in(ROWS, ids, row -> {
            StoredJob job = JobRow.COLUMNS.read(row).toStored(lives);
            String payload = row.getString(JobRow.COLUMNS.count() + 1);
            String trail = row.getString(JobRow.COLUMNS.count() + 2);
            return (payload == null ? large : found)
                    .put(job.id(), new Loaded(job, payload == null ? "" : payload, trail));
        });
        LargeTexts.PAYLOAD.large(session, large.keySet()).forEach((id, payload) -> {
            Loaded row = Objects.requireNonNull(large.get(id));
            found.put(id, new Loaded(row.job(), payload, row.trail()));
        });
        return found;
    }

    /** Returns the existing jobs, in the given order. */
    public List<StoredJob> stored(Session session, Collection<JobId> ids) throws SQLException {
        return stored(session, "", ids);
    }

    /**
     * Returns the existing jobs, in the given order.
     *
     * @param withIndex text that makes the query use an index
     */
    public List<StoredJob> stored(Session session, String withIndex, Collection<JobId> ids) throws SQLException {
        Map<JobId, StoredJob> found = new HashMap<>();
        session.in(STORED + withIndex + OF_IDS, ids, row -> {
            StoredJob job = JobRow.COLUMNS.read(row).toStored(lives);
            return found.put(job.id(), job);
        });
        return inOrder(ids, found);
    }

    private static List<StoredJob> inOrder(Collection<JobId> ids, Map<JobId, StoredJob> found) {
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
