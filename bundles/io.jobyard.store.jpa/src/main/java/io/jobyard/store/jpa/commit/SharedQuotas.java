// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.SubmissionRule;
import io.jobyard.store.jpa.feed.RemoteCommits;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Submission quotas if several hosts admit jobs. A host that admits jobs of a share locks its row until the end of the transaction, so it
 * knows all earlier commits. Only for the committer's thread.
 */
public final class SharedQuotas {

    /** Jobs that are admitted together. */
    record Claim(String submitter, int jobs) {}

    private record AskedShare(Quotas.QuotaShare share, List<Integer> jobs) {

        int all() {
            return jobs.stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static final String LOCK = "INSERT INTO quota (name, full_at, per_second) VALUES (?, 0, 0)"
            + " ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name RETURNING name";

    private final String draw;
    private final String fullAt;
    private List<AskedShare> bounded = List.of();
    private volatile @Nullable SubmissionRule rule;

    /**
     * Creates the quotas.
     *
     * @param clock SQL expression for the database's clock
     */
    public SharedQuotas(String clock) {
        // used amounts stay used when the rate changes
        String full = "CASE WHEN quota.per_second = %1$s THEN quota.full_at ELSE " + clock
                + " + CAST(GREATEST(0, quota.full_at - " + clock + ") * quota.per_second / %1$s AS BIGINT) END";
        String stored = full.formatted("EXCLUDED.per_second");
        draw = "INSERT INTO quota (name, per_second, full_at) VALUES (?, ?, " + clock
                + " + ?) ON CONFLICT (name) DO UPDATE SET per_second = EXCLUDED.per_second, full_at = GREATEST("
                + stored + ", "
                + clock + ") + ? WHERE " + stored + " - ? <= " + clock + " RETURNING name";
        fullAt = "SELECT " + full.formatted("asked.per_second")
                + " FROM quota, (VALUES (CAST(? AS DOUBLE PRECISION))) AS asked (per_second) WHERE name = ?";
    }

    public void follow(SubmissionRule next) {
        rule = next;
    }

    /** Locks the rows of the shares and takes the jobs from the rates. Throws the submitter's error if a rate is exceeded. */
    void hold(Session session, List<Claim> claims) throws SQLException {
        bounded = List.of();
        SubmissionRule asking = rule;
        if (claims.isEmpty() || asking == null) {
            return;
        }
        Map<String, AskedShare> asked = new TreeMap<>(); // sorted, so that hosts lock rows in the same order
        for (Claim claim : claims) {
            for (Quotas.QuotaShare share : asking.shares(claim.submitter())) {
                asked.computeIfAbsent(share.name(), any -> new AskedShare(share, new ArrayList<>()))
                        .jobs()
                        .add(claim.jobs());
            }
        }
        for (AskedShare one : asked.values()) {
            hold(session, asking, one);
        }
        bounded = asked.values().stream()
                .filter(one -> one.share().quota().queuedMax() != null)
                .toList();
    }

    /** Returns whether {@link #requireRoom} must check this transaction. */
    boolean isAsked() {
        return !bounded.isEmpty();
    }

    /** Throws the submitter's error if this transaction, with earlier commits of other hosts, exceeds a quota. */
    void requireRoom(List<Committed> own, RemoteCommits followed) {
        SubmissionRule asking = rule;
        if (bounded.isEmpty() || asking == null) {
            return;
        }
        List<Committed> untold = new ArrayList<>(own);
        followed.changes().forEach(untold::addAll);
        for (AskedShare one : bounded) {
            asking.requireRoom(one.share(), one.all(), more(one.share(), untold) - one.all());
        }
    }

    private void hold(Session session, SubmissionRule asking, AskedShare asked) throws SQLException {
        Rate rate = asked.share().quota().submitRate();
        String name = asked.share().name();
        if (rate == null) {
            session.list(LOCK, row -> row.getString(1), name);
            return;
        }
        for (int jobs : asked.jobs()) {
            long cost = (long) Math.ceil(jobs * rate.nanosPerUnit() / 1_000);
            long early = (long) (Math.max(0, rate.burst() - jobs) * rate.nanosPerUnit() / 1_000);
            boolean drawn = !session.list(draw, row -> row.getString(1), name, rate.perSecond(), cost, cost, early)
                    .isEmpty();
            if (!drawn) {
                Instant until = session.list(fullAt, row -> Utc.present(row, 1), rate.perSecond(), name)
                        .get(0);
                throw asking.tooFast(asked.share(), jobs, until);
            }
        }
    }

    /** Returns by how many the changes increase the waiting and queued jobs of the share's members. */
    private static long more(Quotas.QuotaShare share, List<Committed> changes) {
        long more = 0;
        for (Committed change : changes) {
            JobSummary after = change.after();
            if (share.members().contains(after.lane().submitter())) {
                JobSummary before = change.before();
                more += (isPending(after) ? 1 : 0) - (before != null && isPending(before) ? 1 : 0);
            }
        }
        return more;
    }

    private static boolean isPending(JobSummary job) {
        return job.status() == JobStatus.WAITING || job.status() == JobStatus.QUEUED;
    }
}
