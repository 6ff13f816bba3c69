// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobFilter;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.reading.JobReads;
import java.util.Set;
import java.util.stream.Collectors;

/** The types whose jobs stand in a filter's queue because they are routed there. */
final class Routes {

    private Routes() {}

    static Set<String> to(JobFilter filter, JobReads reads, QueueManager queue) {
        String wanted = filter.queue();
        return wanted == null
                ? Set.of()
                : reads.facets(JobFilter.ALL, Set.of(), type -> type).byType().keySet().stream()
                        .filter(type -> queue.route(null, type).equals(wanted))
                        .collect(Collectors.toSet());
    }
}
