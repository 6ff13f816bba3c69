// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bulk operations: requests, previews and progress. */
final class BulkOperations {

    private static final int MOST = 1_000;
    private static final int PAGE = 100;

    private final BulkStore bulks;
    private final JobReads reads;
    private final QueueRules queue;
    private final Access access;
    private final Clock clock;
    private final Runnable begun;

    /** @param begun called when there is a new operation */
    BulkOperations(BulkStore bulks, JobReads reads, QueueRules queue, Access access, Clock clock, Runnable begun) {
        this.bulks = bulks;
        this.reads = reads;
        this.queue = queue;
        this.access = access;
        this.clock = clock;
        this.begun = begun;
    }

    /** Returns the permission that the action requires for a single job. */
    static AccessRule operation(BulkAction action) {
        return switch (action) {
            case CANCEL -> AccessRule.CANCEL;
            case RETRY -> AccessRule.RETRY;
            case CHANGE, RUN_NOW -> AccessRule.CHANGE;
            case DELETE -> AccessRule.DELETE;
        };
    }

    /** Checks the permission for the whole change. A bulk operation that sets labels is rejected before it begins, not for each job. */
    private static AccessRule operation(BulkAction action, @Nullable JobChange change) {
        boolean isWork = change != null && change.values().containsKey("labels");
        return isWork ? AccessRule.ALTER : operation(action);
    }

    BulkStatus begin(BulkRequest asked, Caller caller) {
        StoredBulk stored = Futures.join(
                bulks.begin(StoredBulk.asked(own(asked, caller), caller, clock.instant()), AuditEntries::bulkBegins));
        begun.run();
        return status(stored);
    }

    /** Restricts the filter to the caller's own jobs if the caller may change only those. */
    private BulkRequest own(BulkRequest asked, Caller caller) {
        AccessRule operation = operation(asked.action(), asked.change());
        if (access.allows(caller, operation, false)) {
            return asked;
        }
        Set<String> submitters = asked.filter().submitters();
        for (String submitter : submitters.isEmpty() ? Set.of(caller.name()) : submitters) {
            access.require(caller, operation, submitter, "jobs");
        }
        return new BulkRequest(asked.action(), asked.filter().withSubmitter(caller.name()), asked.change());
    }

    BulkPreview preview(BulkRequest asked, Caller caller) {
        BulkRequest request = own(asked, caller);
        JobFilter filter = request.filter();
        Set<String> routed = Routes.to(filter, reads, queue);
        JobFacets facets = reads.facets(filter, routed, type -> queue.route(null, type));
        long jobs = facets.byStatus().entrySet().stream()
                .filter(count -> request.action().appliesTo(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new BulkPreview(
                jobs, first(request, routed, caller), facets.coverage().lookedBackTo() == null);
    }

    /** Returns the filter for jobs that the caller may see. A count requires only the permission for the action. */
    private List<Job> first(BulkRequest request, Set<String> routed, Caller caller) {
        List<Job> first = new ArrayList<>();
        JobFilter filter = request.filter();
        boolean isAll = access.allows(caller, AccessRule.VIEW, false);
        boolean isOwn = filter.submitters().isEmpty() || filter.submitters().contains(caller.name());
        if (!isAll && (!isOwn || !access.allows(caller, AccessRule.VIEW, true))) {
            return first;
        }
        JobQuery query = JobQuery.of(isAll ? filter : filter.withSubmitter(caller.name()), PAGE);
        while (query != null && first.size() < BulkPreview.SHOWN) {
            JobPage page = reads.find(query, routed);
            page.jobs().stream()
                    .filter(job -> request.action().appliesTo(job.status()))
                    .limit(BulkPreview.SHOWN - first.size())
                    .forEach(first::add);
            query = page.next() == null || page.lookedBackTo() != null ? null : query.withAfter(page.next());
        }
        return first;
    }

    List<BulkStatus> bulks(int limit, Caller caller) {
        if (limit < 1 || limit > MOST) {
            throw new ValidationException("limit", "limit = " + limit + " is out of range; use 1 to " + MOST);
        }
        access.require(caller, AccessRule.OVERVIEW);
        return bulks.bulks(limit).stream()
                .filter(bulk -> isSeen(bulk, caller))
                .map(BulkOperations::status)
                .toList();
    }

    BulkStatus bulk(int number, Caller caller) {
        return status(seen(number, caller));
    }

    private StoredBulk seen(int number, Caller caller) {
        access.require(caller, AccessRule.OVERVIEW);
        return bulks.bulk(number)
                .filter(bulk -> isSeen(bulk, caller))
                .orElseThrow(() -> new ValidationException("unknown bulk operation " + number));
    }

    private boolean isSeen(StoredBulk bulk, Caller caller) {
        return access.allows(caller, AccessRule.VIEW, false)
                || bulk.caller().name().equals(caller.name());
    }

    BulkStatus stop(int number, Caller caller) {
        StoredBulk bulk = seen(number, caller);
        if (bulk.endedAt() != null) {
            throw new StateConflictException("bulk operation " + number + " is already finished");
        }
        access.require(caller, operation(bulk.request().action()), bulk.caller().name(), "bulk " + number);
        Futures.join(bulks.stop(number, caller.inHistory()));
        begun.run();
        return bulk(number, caller);
    }

    private static BulkStatus status(StoredBulk bulk) {
        JobId after = bulk.position().after();
        return new BulkStatus(
                bulk.number(),
                bulk.request(),
                bulk.caller().inHistory(),
                bulk.askedAt(),
                new BulkStatus.BulkProgress(
                        bulk.position().done(),
                        bulk.position().refused(),
                        bulk.position().refusal(),
                        after == null
                                ? null
                                : Instant.ofEpochMilli(after.value().getMostSignificantBits() >>> 16)),
                bulk.endedAt(),
                bulk.stoppedBy());
    }
}
