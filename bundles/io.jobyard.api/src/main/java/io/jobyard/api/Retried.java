// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Result of a retry with dependents.
 *
 * @param job requested job
 * @param dependents jobs that had failed or been cancelled because of it, directly or indirectly, and were retried with it
 * @param refused dependents that could not be retried, each with the reason
 */
public record Retried(Job job, List<Job> dependents, Map<JobId, JobyardException> refused) {

    public Retried {
        dependents = List.copyOf(dependents);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }
}
