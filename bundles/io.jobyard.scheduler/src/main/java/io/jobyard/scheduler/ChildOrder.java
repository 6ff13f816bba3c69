// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;

/** Check of the children that a job waits for: a child in the strict order of its parent's value could never start. */
final class ChildOrder {

    private final QueueRules queue;

    ChildOrder(QueueRules queue) {
        this.queue = queue;
    }

    /** @throws ValidationException if the parent would block a child until the parent ends */
    void require(StoredJob parent, List<AdmittedJob> children) {
        List<String> held = parent.job().terms().demand().limits().stream()
                .filter(limit -> isStrict(NamedLimit.parse(limit)))
                .toList();
        for (AdmittedJob child : children) {
            child.stored().job().terms().demand().limits().stream()
                    .filter(held::contains)
                    .findFirst()
                    .ifPresent(limit -> {
                        throw new ValidationException("invalid child of type "
                                + child.stored().job().terms().type() + ": the limit " + limit
                                + " has order = strict, so the child can start only after its parent has ended, but the"
                                + " parent waits for it: use another value or another limit for the child");
                    });
        }
    }

    private boolean isStrict(NamedLimit limit) {
        return limit.hasValue() && queue.isStrict(limit.name());
    }
}
