// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Rate;
import io.jobyard.api.spi.limiting.Unit;
import io.jobyard.settings.api.SettingsReader;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may run at once and be used in which time: the checked values of {@code io.jobyard.limits-NAME}, and what a
 * queue allows.
 *
 * @param runningMax how many may run at once; null for any number
 * @param rates what may be used, by unit
 * @param fault why nothing may start: there is no good configuration; else null
 */
record LimitSettings(
        @Nullable Integer runningMax,
        Map<String, Rate> rates,
        @Nullable String fault) {

    static final String FACTORY = "io.jobyard.limits";
    private static final String RATE = "rate.";
    private static final int MOST_RUNNING = 100_000;

    static final LimitSettings UNBOUNDED = new LimitSettings(null, Map.of(), null);

    LimitSettings {
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }

    static LimitSettings shut(String fault) {
        return new LimitSettings(null, Map.of(), fault);
    }

    static LimitSettings read(SettingsReader reader) {
        Integer runningMax = runningMax(reader);
        Map<String, Rate> rates = new TreeMap<>();
        Set<String> keys = reader.keys(RATE, RATE + "UNIT");
        for (String key : keys) {
            String unit = key.substring(RATE.length());
            Rate rate = reader.<@Nullable Rate>value(key, null, Rate::parse);
            if (!Unit.isName(unit)) {
                reader.refuse(key + " is refused: a unit has " + Unit.FORM);
            } else if (rate != null) {
                rates.put(unit, rate);
            }
        }
        if (keys.isEmpty() && !reader.has("running.max")) {
            reader.refuse("it limits nothing: set running.max, or rate.UNIT such as rate.requests = 60/m burst 10");
        }
        return new LimitSettings(runningMax, rates, null);
    }

    static @Nullable Integer runningMax(SettingsReader reader) {
        return reader.optionalInteger("running.max", MOST_RUNNING);
    }

    @Override
    public String toString() {
        if (fault != null) {
            return "a shut limit";
        }
        StringBuilder text = new StringBuilder();
        if (runningMax != null) {
            text.append("running.max = ").append(runningMax);
        }
        rates.forEach((unit, rate) -> text.append(text.isEmpty() ? "" : ", ")
                .append(RATE)
                .append(unit)
                .append(" = ")
                .append(rate));
        return text.toString();
    }
}
