// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Usage of submission quotas: the number of waiting and queued jobs of each submitter according to the commits, the jobs that are about to
 * be stored, and the rate of submissions. Guarded by the lock of {@link Lanes}.
 */
final class SubmissionQuotas {

    private static final String UNIT = "jobs";

    private final Map<String, Long> pending = new HashMap<>();
    private final Map<JobId, String> onTheirWay = new HashMap<>();
    private final Map<String, Bucket> rates = new HashMap<>();
    private final Map<String, LimitUse> stored = new HashMap<>();
    private final Consumer<LimitUse> changed;

    SubmissionQuotas(Consumer<LimitUse> changed) {
        this.changed = changed;
    }

    void restore(List<LimitUse> uses) {
        uses.stream()
                .filter(use -> use.key().kind() == LimitKind.SUBMISSION)
                .forEach(use -> stored.put(use.key().name(), use));
    }

    void opened(Map<TallyKey, Long> tally) {
        pending.clear();
        onTheirWay.clear();
        tally.forEach((key, count) -> {
            if (isPending(key.status())) {
                pending.merge(key.submitter(), count, Long::sum);
            }
        });
    }

    void committed(@Nullable JobSummary before, JobSummary after) {
        boolean was = before != null && isPending(before.status());
        boolean is = isPending(after.status());
        if (was != is) {
            count(after.lane().submitter(), is ? 1 : -1);
        }
        if (!onTheirWay.isEmpty() && onTheirWay.remove(after.id()) != null) {
            count(after.lane().submitter(), -1); // it was counted at its admission
        }
    }

    /** Counts new or retried jobs before they are stored, all or none. Throws an exception if they exceed a quota. */
    void reserve(Collection<JobId> jobs, String submitter, List<Quotas.QuotaShare> shares, Instant at) {
        long now = EpochNanos.of(at);
        requireRoom(shares, jobs.size(), now);
        shares.forEach(share -> {
            if (share.quota().submitRate() != null) {
                rate(share, now).draw(jobs.size(), now);
            }
        });
        for (JobId job : jobs) {
            if (onTheirWay.putIfAbsent(job, submitter)
                    == null) { // if two callers retry the job at once, only one succeeds
                count(submitter, 1);
            }
        }
    }

    /** Throws the same exception as the admission of one more job would. */
    void requireRoom(List<Quotas.QuotaShare> shares, Instant at) {
        requireRoom(shares, 1, EpochNanos.of(at));
    }

    private void requireRoom(List<Quotas.QuotaShare> shares, int more, long now) {
        shares.forEach(share -> requireRoom(share, more));
        shares.forEach(share -> requirePace(share, more, now));
    }

    /** Releases the quotas of jobs that were not stored. */
    void unreserve(Collection<JobId> jobs) {
        for (JobId job : jobs) {
            String submitter = onTheirWay.remove(job);
            if (submitter != null) {
                count(submitter, -1);
            }
        }
    }

    private void requireRoom(Quotas.QuotaShare share, int more) {
        Integer max = share.quota().queuedMax();
        if (max == null) {
            return;
        }
        requireRoom(share, max, pending(share), more);
    }

    private long pending(Quotas.QuotaShare share) {
        return share.members().stream()
                .mapToLong(member -> pending.getOrDefault(member, 0L))
                .sum();
    }

    /** Checks {@code more} new jobs against the stored counts, without jobs that are about to be stored. */
    void requireStoredRoom(Quotas.QuotaShare share, int more, long untold) {
        Integer max = share.quota().queuedMax();
        if (max != null) {
            long coming = onTheirWay.values().stream()
                    .filter(share.members()::contains)
                    .count();
            requireRoom(share, max, pending(share) - coming + untold, more);
        }
    }

    private static void requireRoom(Quotas.QuotaShare share, int max, long now, int more) {
        if (now + more > max) {
            String retry = more > max
                    ? "submit fewer at once"
                    : "try again when " + (now + more - max) + " of them have started or ended";
            throw new QuotaException("queued.max of " + share.name() + ": " + now + " of " + max
                    + " jobs wait or are queued, " + more + " more exceed it; " + retry);
        }
    }

    private void requirePace(Quotas.QuotaShare share, int more, long now) {
        if (share.quota().submitRate() == null) {
            return;
        }
        Bucket bucket = rate(share, now);
        if (bucket.opensAt(more) > now) {
            throw tooFast(share, bucket, more, now);
        }
    }

    private static QuotaException tooFast(Quotas.QuotaShare share, Bucket bucket, int more, long now) {
        Instant opensAt = EpochNanos.instant(bucket.opensAt(more));
        return new QuotaException(
                "submit.rate of " + share.name() + ": " + Rate.text(bucket.level(now)) + " left of " + bucket.rate()
                        + ", " + more + " requested; try again at " + opensAt,
                opensAt);
    }

    /** Applies the draws of all hosts. Returns the error if {@code more} submissions exceed the rate; null if they do not. */
    QuotaException tooFast(Quotas.QuotaShare share, int more, Instant fullAt, Instant at) {
        long now = EpochNanos.of(at);
        Bucket bucket = rate(share, now);
        bucket.restore(EpochNanos.of(fullAt), bucket.perSecond(), bucket.rate(), now);
        return tooFast(share, bucket, more, now);
    }

    private Bucket rate(Quotas.QuotaShare share, long now) {
        Rate rate = Objects.requireNonNull(share.quota().submitRate());
        Bucket bucket = rates.computeIfAbsent(share.name(), name -> {
            Bucket fresh = new Bucket(
                    UNIT, rate, drawn -> changed.accept(drawn.use(new LimitKey(LimitKind.SUBMISSION, name, UNIT))));
            LimitUse before = stored.remove(name);
            if (before != null) {
                fresh.restore(before, rate, now);
            }
            return fresh;
        });
        bucket.change(rate, now);
        return bucket;
    }

    private void count(String submitter, long difference) {
        pending.merge(submitter, difference, (a, b) -> a + b == 0 ? null : a + b);
    }

    private static boolean isPending(JobStatus status) {
        return status == JobStatus.WAITING || status == JobStatus.QUEUED;
    }
}
