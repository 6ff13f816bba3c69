// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Removes old data after its retention, in slices with pauses between them. */
final class Retention implements JobRetention {

    /** Pause after a slice. */
    interface Rest {
        /** Pauses after a slice. */
        void after(long nanos);
    }

    /** Number of rows in a slice, small enough that other commits do not wait noticeably. */
    static final int SLICE = 25;

    private final Supplier<JobRemoval> removals;
    private final JobReads reads;
    private final Supplier<RetentionSettings> settings;
    private final Supplier<Map<String, TypeRules>> types;
    private final Clock clock;
    private final Rest rest;
    private final AuditTrail audit;
    private final UsageRetention usage;

    Retention(
            RetentionStores stores,
            Supplier<JobRemoval> removals,
            Supplier<RetentionSettings> settings,
            Supplier<Map<String, TypeRules>> types,
            Clock clock,
            Rest rest) {
        audit = stores.audit();
        this.usage = new UsageRetention(stores.usage(), rest);
        this.removals = removals;
        reads = stores.reads();
        this.settings = settings;
        this.types = types;
        this.clock = clock;
        this.rest = rest;
    }

    @Override
    public synchronized Purge purge(boolean dryRun) {
        Instant now = clock.instant();
        int auditDays = settings.get().auditDays();
        Map<JobStatus, Long> removed = new EnumMap<>(JobStatus.class);
        long needed = 0;
        try (JobRemoval removal = removals.get()) {
            for (OldJobs of : OldJobs.of(settings.get(), types.get())) {
                Instant before = now.minus(Duration.ofDays(of.days()));
                JobQuery query = of.query(SLICE, before);
                while (query != null) {
                    long begun = System.nanoTime();
                    JobPage page = reads.find(query, Set.of());
                    query = page.next() == null ? null : query.withAfter(page.next());
                    Collection<StoredJob> old = ended(page, of, before);
                    List<StoredJob> gone = dryRun ? removal.removable(old) : remove(removal, old);
                    removed.merge(of.end(), (long) gone.size(), Long::sum);
                    needed += old.size() - gone.size();
                    rest.after(System.nanoTime() - begun);
                }
            }
        }
        long rows = auditDays == 0 ? 0 : audit.cut(now.minus(Duration.ofDays(auditDays)), dryRun);
        int usageDays = settings.get().usageDays();
        long used = usageDays == 0 ? 0 : usage.cut(now.minus(Duration.ofDays(usageDays)), dryRun);
        return new Purge(removed, needed, rows, used);
    }

    private static List<StoredJob> remove(JobRemoval removal, Collection<StoredJob> old) {
        return old.isEmpty() ? List.of() : Futures.join(removal.remove(old));
    }

    /** Returns the jobs that finished before the time, because the query filters only by creation time. */
    private Collection<StoredJob> ended(JobPage page, OldJobs of, Instant before) {
        List<JobId> old = page.jobs().stream()
                .filter(job -> of.contains(job) && endedBefore(job, before))
                .map(Job::id)
                .toList();
        return old.isEmpty() ? List.of() : reads.jobs(old).values();
    }

    private static boolean endedBefore(Job job, Instant before) {
        Instant end = job.state().completedAt();
        return end != null && end.isBefore(before);
    }
}
