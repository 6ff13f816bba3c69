// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one unit by the runs of one group, and its estimate.
 *
 * @param since first day of the period; null if the query has no periods
 * @param group values that define the group, in the order of the query, by name, for example {@code user}; null for runs without a value
 * @param amount used amount
 * @param estimate sum of the jobs' estimates; a job without an estimate adds 0
 * @param runs number of runs
 */
public record Usage(
        @Nullable LocalDate since,
        Map<String, @Nullable String> group,
        String unit,
        BigDecimal amount,
        BigDecimal estimate,
        long runs) {

    public Usage {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }
}
