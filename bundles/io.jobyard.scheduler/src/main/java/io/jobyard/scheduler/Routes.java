// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobFilter;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.reads.JobReads;
import java.util.Set;
import java.util.stream.Collectors;

/** Types that are routed to one of a filter's queues. */
final class Routes {

    private Routes() {}

    static Set<String> to(JobFilter filter, JobReads reads, QueueRules queue) {
        Set<String> wanted = filter.queues();
        return wanted.isEmpty()
                ? Set.of()
                : reads.facets(JobFilter.ALL, Set.of(), type -> type).byType().keySet().stream()
                        .filter(type -> wanted.contains(queue.route(null, type)))
                        .collect(Collectors.toSet());
    }
}
