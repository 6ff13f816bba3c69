// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a retry with dependents came to.
 *
 * @param job the job that was asked for
 * @param dependents those that had ended because of it, directly or by one of these, and were retried with it
 * @param refused those that had, and could not be retried, each with the reason
 */
public record Retried(Job job, List<Job> dependents, Map<JobId, JobyardException> refused) {

    public Retried {
        dependents = List.copyOf(dependents);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }
}
