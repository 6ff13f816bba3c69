// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Handler that adds up, key by key, the numbers in the results of its dependencies; {@code jobs} is the number of
 * dependencies.
 */
@Component
@HandlesJob(
        value = "total",
        description = "Adds up, key by key, the numbers in the results of the jobs it depends on. Changes nothing.",
        effects = {HandlesJob.READS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE})
public final class Total implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        Collection<Map<String, Object>> results = context.dependencyResults().values();
        Map<String, Object> total = new LinkedHashMap<>(sums(results));
        total.put("jobs", results.size());
        return total;
    }

    private static Map<String, BigDecimal> sums(Collection<Map<String, Object>> results) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (Map<String, Object> result : results) {
            result.forEach((key, value) -> {
                if (value instanceof Number number) {
                    sums.merge(key, new BigDecimal(number.toString()), BigDecimal::add);
                }
            });
        }
        sums.replaceAll((key, sum) -> written(sum));
        return sums;
    }

    /** Rounds a fraction to 16 digits, the precision of most JSON readers. */
    private static BigDecimal written(BigDecimal sum) {
        return sum.stripTrailingZeros().scale() > 0 ? BigDecimal.valueOf(sum.doubleValue()) : sum;
    }
}
