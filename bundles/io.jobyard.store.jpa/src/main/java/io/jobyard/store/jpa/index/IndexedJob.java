// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Data of a job in the search index.
 *
 * @param createdAt creation time in microseconds since 1970 UTC
 * @param state its {@link StateCode}
 * @param terms its type, queue, submitter and schedule, at the ordinal of each {@link Term}; null for a missing value
 * @param labels labels as in the row of the job; null for none
 * @param group group of the job; null for none
 */
public record IndexedJob(
        JobId id,
        long createdAt,
        byte state,
        @Nullable String[] terms,
        @Nullable String labels,
        @Nullable String group) {

    /** Searchable texts of a job, in addition to its state and labels. */
    enum Term {
        TYPE,
        QUEUE,
        SUBMITTER,
        SCHEDULE
    }

    /** Number of terms. */
    static final int TERMS = Term.values().length;

    private static final String COLUMNS = "SELECT id, created_at, status, reason, type, " + JobSearch.QUEUE
            + ", submitter, schedule, labels, job_group FROM job";

    /** Returns the start of a query for jobs, up to its conditions. */
    static String from(String withIndex) {
        return COLUMNS + withIndex;
    }

    /** Returns a query for the youngest jobs before an ID. */
    public static String before(String withIndex) {
        return from(withIndex) + " WHERE id < ? ORDER BY id DESC FETCH FIRST ? ROWS ONLY";
    }

    public static IndexedJob read(ResultSet row) throws SQLException {
        String reason = row.getString(4);
        return new IndexedJob(
                Ids.first(row),
                row.getLong(2),
                StateCode.of(JobStatus.of(row.getString(3)), reason == null ? null : Reason.of(reason)),
                new @Nullable String[] {row.getString(5), row.getString(6), row.getString(7), row.getString(8)},
                row.getString(9),
                row.getString(10));
    }

    /** Returns a fingerprint of the labels. Equal labels have equal fingerprints; different labels nearly always have different ones. */
    int fingerprint() {
        return labels == null ? 0 : labels.hashCode();
    }

    /** Returns the numbers of the labels and of the group, which never changes. */
    Set<Long> labelNumbers() {
        if (labels == null && group == null) {
            return Set.of();
        }
        Set<Long> numbers = new HashSet<>();
        if (group != null) {
            numbers.add(Labels.ofGroup(group));
        }
        for (Map.Entry<String, String> label : Labels.read(labels).entrySet()) {
            numbers.add(Labels.number(label.getKey(), label.getValue()));
        }
        return numbers;
    }
}
