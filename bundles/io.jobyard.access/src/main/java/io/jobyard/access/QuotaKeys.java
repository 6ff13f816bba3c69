// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.Quota;
import io.jobyard.api.spi.Rate;
import io.jobyard.settings.api.SettingsReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a quota: for each member, and with {@code total.} before them for all members together. */
final class QuotaKeys {

    static final String TOTAL = "total.";

    private static final String QUEUED = "queued.max";
    private static final String SUBMIT = "submit.rate";
    private static final String RUNNING = "running.max";
    private static final String RATE = "rate";
    private static final String BUDGET = "budget.";
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    /** The unit of plain rates. */
    private static final String STARTS = "starts";

    private static final int MOST_QUEUED = 10_000_000;
    private static final int MOST_RUNNING = 100_000;

    private QuotaKeys() {}

    static Quota read(SettingsReader reader, String before) {
        Map<String, Rate> budgets = new TreeMap<>();
        String prefix = before + BUDGET;
        for (String key : reader.keys(prefix, prefix + "UNIT")) {
            String unit = key.substring(prefix.length());
            Rate budget = reader.<@Nullable Rate>value(key, null, Rate::budget);
            if (!UNIT.matcher(unit).matches() || unit.equals(STARTS)) {
                reader.refuse(key + " is refused: a unit has 1 to 32 of the characters A-Z a-z 0-9 . _ - and is not "
                        + STARTS);
            } else if (budget != null) {
                budgets.put(unit, budget);
            }
        }
        return new Quota(
                reader.<@Nullable Integer>value(before + QUEUED, null, number(MOST_QUEUED)),
                reader.<@Nullable Rate>value(before + SUBMIT, null, Rate::parse),
                reader.<@Nullable Integer>value(before + RUNNING, null, number(MOST_RUNNING)),
                reader.<@Nullable Rate>value(before + RATE, null, Rate::parse),
                budgets);
    }

    /** Each key of a quota as a quota of its own. */
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
                        parts.put(BUDGET + unit, new Quota(null, null, null, null, Map.of(unit, budget))));
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

    private static Function<String, @Nullable Integer> number(int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= 1 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // refused below, like a number out of range
            }
            throw new IllegalArgumentException(
                    "use a whole number from 1 to " + most + ", or leave it out for any number");
        };
    }
}
