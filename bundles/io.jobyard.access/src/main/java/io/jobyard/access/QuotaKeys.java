// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.BudgetKeys;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Rate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys of a quota: for each member, and with the prefix {@code total.} for all members together. */
final class QuotaKeys {

    static final String TOTAL = "total.";

    private static final String QUEUED = "queued.max";
    private static final String SUBMIT = "submit.rate";
    private static final String RUNNING = "running.max";
    private static final String RATE = "rate";
    private static final int MOST_QUEUED = 10_000_000;
    private static final int MOST_RUNNING = 100_000;

    private QuotaKeys() {}

    static Quota read(SettingsReader reader, String before) {
        Map<String, Rate> budgets = BudgetKeys.read(reader, before);
        return new Quota(
                reader.optionalInteger(before + QUEUED, MOST_QUEUED),
                reader.optional(before + SUBMIT, Rate::parse),
                reader.optionalInteger(before + RUNNING, MOST_RUNNING),
                reader.optional(before + RATE, Rate::parse),
                budgets);
    }

    /** Returns each key of a quota as a separate quota. */
    static Map<String, Quota> parts(Quota quota) {
        Map<String, Quota> parts = new LinkedHashMap<>();
        if (quota.queuedMax() != null) {
            parts.put(QUEUED, new Quota(quota.queuedMax(), null, null, null, Map.of()));
        }
        if (quota.submitRate() != null) {
            parts.put(SUBMIT, new Quota(null, quota.submitRate(), null, null, Map.of()));
        }
        if (quota.runningMax() != null) {
            parts.put(RUNNING, new Quota(null, null, quota.runningMax(), null, Map.of()));
        }
        if (quota.rate() != null) {
            parts.put(RATE, new Quota(null, null, null, quota.rate(), Map.of()));
        }
        quota.budgets()
                .forEach((unit, budget) ->
                        parts.put(BudgetKeys.BUDGET + unit, new Quota(null, null, null, null, Map.of(unit, budget))));
        return parts;
    }

    static String text(Quota quota, String before) {
        return parts(quota).entrySet().stream()
                .map(part -> ", " + before + part.getKey() + " = " + value(part.getValue()))
                .collect(Collectors.joining());
    }

    private static Object value(Quota part) {
        if (part.queuedMax() != null) {
            return part.queuedMax();
        } else if (part.submitRate() != null) {
            return part.submitRate();
        } else if (part.runningMax() != null) {
            return part.runningMax();
        }
        return part.rate() != null
                ? part.rate()
                : part.budgets().values().iterator().next();
    }
}
