// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.QuotaException;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.SubmissionRule;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Answers the store what the quotas at submit ask for. */
final class SharedSubmissions implements SubmissionRule {

    private final Supplier<LimitCatalog> catalog;
    private final Lanes lanes;

    SharedSubmissions(Supplier<LimitCatalog> catalog, Lanes lanes) {
        this.catalog = catalog;
        this.lanes = lanes;
    }

    @Override
    public List<Quotas.Share> shares(String submitter) {
        List<Quotas.Share> all = catalog.get().quotas().of(submitter);
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(share -> share.quota().queuedMax() != null
                                || share.quota().submitRate() != null)
                        .toList();
    }

    @Override
    public void requireRoom(Quotas.Share share, int more, long untold) {
        lanes.requireRoom(share, more, untold);
    }

    @Override
    public QuotaException tooFast(Quotas.Share share, int more, Instant fullAt) {
        return lanes.tooFast(share, more, fullAt);
    }
}
