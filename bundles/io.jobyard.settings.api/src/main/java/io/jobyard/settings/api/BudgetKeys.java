// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** Configuration keys of budgets, which several configurations have: {@code budget.UNIT}, and {@code budget.zone} for the whole file. */
public final class BudgetKeys {

    /** Prefix of the keys, before the unit. */
    public static final String BUDGET = "budget.";

    private static final String ZONE = BUDGET + "zone";

    private BudgetKeys() {}

    /**
     * Reads budgets.
     *
     * @param reader the configuration
     * @param before prefix of each key except the zone, for example {@code total.}; may be empty
     * @return budgets by unit
     */
    public static Map<String, Rate> read(SettingsReader reader, String before) {
        ZoneId zone = reader.value(ZONE, (ZoneId) ZoneOffset.UTC, BudgetKeys::zone);
        Map<String, Rate> budgets = new TreeMap<>();
        String prefix = before + BUDGET;
        for (String key : reader.keys(prefix, prefix + "UNIT")) {
            String unit = key.substring(prefix.length());
            if (key.equals(ZONE)) {
                continue;
            }
            Rate budget = reader.optional(key, text -> Rate.budget(text, zone));
            if (!Unit.isName(unit) || unit.equals(Unit.STARTS)) {
                reader.refuse(key, "invalid " + key + ": a unit has " + Unit.FORM + " and is not " + Unit.STARTS);
            } else if (budget != null) {
                budgets.put(unit, budget);
            }
        }
        return budgets;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("use a time zone, for example UTC, Europe/Berlin or +02:00", e);
        }
    }
}
