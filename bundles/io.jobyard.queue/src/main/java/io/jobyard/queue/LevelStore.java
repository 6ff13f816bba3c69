// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LimitLevel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings to the store how far limits are drawn, in order: before the starts that drew on them. */
final class LevelStore {

    private static final Logger LOG = LoggerFactory.getLogger(LevelStore.class);

    private final Lanes lanes;
    private final JobRepository repository;

    LevelStore(Lanes lanes, JobRepository repository) {
        this.lanes = lanes;
        this.repository = repository;
    }

    /** Sends what has changed, and does not wait. One call at a time, so that no older level comes after a newer. */
    synchronized void store() {
        List<LimitLevel> levels = lanes.takeLevels();
        if (levels.isEmpty()) {
            return;
        }
        repository.levels(levels).whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.warn("How far {} limits are drawn is not stored: {}", levels.size(), fault.getMessage());
            }
        });
    }
}
