// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one group have used of one unit, beside what their jobs had estimated.
 *
 * @param since the first day of the period; null if the question asked for no periods
 * @param group what tells the group from others, in the order of the question: each name, such as {@code user}, with its value; null for runs that have none
 * @param amount how much they used
 * @param estimate how much their jobs said that these runs need; of runs whose jobs said nothing 0
 * @param runs how many runs
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
