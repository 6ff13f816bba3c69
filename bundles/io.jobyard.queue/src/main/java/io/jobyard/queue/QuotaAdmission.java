// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.SubmissionRule;
import io.jobyard.spi.queue.JobAdmission;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Admits jobs by the submission quotas, and answers the store's queries about quotas. */
final class QuotaAdmission implements JobAdmission, SubmissionRule {

    private final Supplier<LimitCatalog> catalog;
    private final Lanes lanes;
    private final LimitUseWriter limitUses;

    QuotaAdmission(Supplier<LimitCatalog> catalog, Lanes lanes, LimitUseWriter limitUses) {
        this.catalog = catalog;
        this.lanes = lanes;
        this.limitUses = limitUses;
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        List<Quotas.QuotaShare> shares = catalog.get().quotas().of(submitter);
        if (!shares.isEmpty()) {
            lanes.lock.change(() -> lanes.quotas.reserve(jobs, submitter, shares, lanes.instant()));
            limitUses.store();
        }
    }

    @Override
    public void requireRoom(String submitter) {
        List<Quotas.QuotaShare> shares = catalog.get().quotas().of(submitter);
        if (!shares.isEmpty()) {
            lanes.lock.run(() -> lanes.quotas.requireRoom(shares, lanes.instant()));
        }
    }

    @Override
    public void unreserve(Collection<JobId> jobs) {
        lanes.lock.change(() -> lanes.quotas.unreserve(jobs));
    }

    @Override
    public List<Quotas.QuotaShare> shares(String submitter) {
        List<Quotas.QuotaShare> all = catalog.get().quotas().of(submitter);
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(share -> share.quota().queuedMax() != null
                                || share.quota().submitRate() != null)
                        .toList();
    }

    @Override
    public void requireRoom(Quotas.QuotaShare share, int more, long untold) {
        lanes.lock.run(() -> lanes.quotas.requireStoredRoom(share, more, untold));
    }

    @Override
    public QuotaException tooFast(Quotas.QuotaShare share, int more, Instant fullAt) {
        return lanes.lock.get(() -> lanes.quotas.tooFast(share, more, fullAt, lanes.instant()));
    }
}
