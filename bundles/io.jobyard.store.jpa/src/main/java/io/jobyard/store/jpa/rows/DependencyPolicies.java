// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text form of dependencies with their own policies: the first letter of the policy and the ID of each job. */
final class DependencyPolicies {

    private DependencyPolicies() {}

    static @Nullable String write(Map<JobId, DependencyPolicy> policies) {
        return policies.isEmpty()
                ? null
                : policies.entrySet().stream()
                        .map(each ->
                                each.getValue().text().charAt(0) + each.getKey().toString())
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    static Map<JobId, DependencyPolicy> read(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Map<JobId, DependencyPolicy> policies = new HashMap<>();
        for (String each : text.split(",")) {
            policies.put(JobId.of(each.substring(1)), policy(each.charAt(0)));
        }
        return policies;
    }

    private static DependencyPolicy policy(char letter) {
        for (DependencyPolicy policy : DependencyPolicy.values()) {
            if (policy.text().charAt(0) == letter) {
                return policy;
            }
        }
        throw new IllegalArgumentException("no policy begins with " + letter);
    }
}
