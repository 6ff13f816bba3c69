// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.BudgetKeys;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.limits-NAME}, and limits of a queue: simultaneous runs, and usage per time.
 *
 * @param running maximum number of simultaneous runs
 * @param rates allowed use by unit
 * @param fault why no job may start, if the configuration is invalid; otherwise null
 * @param key path of the value by which jobs are counted separately; null if they are counted together
 * @param keysMax number of cached values, in addition to those in use
 * @param failsOversized whether a ready job fails if it needs more than the limit can ever provide; otherwise it waits
 * @param isStrict whether a job of a value starts only after each started job of the value has ended
 */
record LimitSettings(
        RunningBounds running,
        Map<String, Rate> rates,
        @Nullable String fault,
        @Nullable String key,
        int keysMax,
        boolean failsOversized,
        boolean isStrict) {

    /**
     * Maximum number of simultaneous runs. Only one of {@code max}, {@code percent} and {@code adaptive} is set.
     *
     * @param max fixed number; null for no limit
     * @param failing number after a failed attempt, until an attempt completes; null for no such reduction
     * @param percent percentage of the worker threads of all hosts, at least 1 run; null if not configured
     * @param adaptive bounds of a number that follows the answers of the provider; null for a fixed number
     */
    record RunningBounds(
            @Nullable Integer max,
            @Nullable Integer failing,
            @Nullable Integer percent,
            @Nullable AdaptiveBounds adaptive) {}

    static final String FACTORY = "io.jobyard.limits";
    private static final String RATE = "rate.";
    private static final String OVERSIZE = "oversize";
    private static final String ORDER = "order";
    private static final String STRICT = "strict";
    private static final String FAIL = "fail";
    private static final String FAILING_MAX = "running.max.failing";
    static final String RUNNING_MAX = "running.max";
    private static final int MOST_RUNNING = 100_000;
    private static final int ALL = 100;

    private static final Pattern KEY = Pattern.compile("payload(\\.[A-Za-z0-9_-]{1,100}){1,8}");
    private static final Pattern LABEL = Pattern.compile("label\\.[A-Za-z0-9._-]{1,200}");
    private static final int KEYS_MAX = 10_000;
    private static final int MOST_KEYS = 1_000_000;

    static final LimitSettings UNBOUNDED = new LimitSettings(null, Map.of(), null);

    LimitSettings {
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }

    LimitSettings(@Nullable Integer runningMax, Map<String, Rate> rates, @Nullable String fault) {
        this(new RunningBounds(runningMax, null, null, null), rates, fault, null, KEYS_MAX, false, false);
    }

    /** Returns the same settings with a percentage of the worker threads of all hosts as the maximum number of running jobs. */
    LimitSettings withPercent(int percent) {
        RunningBounds shared = new RunningBounds(null, running.failing(), percent, null);
        return new LimitSettings(shared, rates, fault, key, keysMax, failsOversized, isStrict);
    }

    /** Returns the number of slots that is always available to jobs together; null for no limit. */
    @Nullable
    Integer runningMax() {
        AdaptiveBounds adaptive = running.adaptive();
        return adaptive == null ? running.max() : Integer.valueOf(adaptive.least());
    }

    /** Returns the key of {@link #runningMax()}, for users. */
    String runningMaxKey() {
        return running.adaptive() == null ? RUNNING_MAX : "the least of adaptive";
    }

    @Nullable
    Integer failingMax() {
        return running.failing();
    }

    @Nullable
    Integer runningPercent() {
        return running.percent();
    }

    /**
     * Returns the maximum number of simultaneous runs; null for any number.
     *
     * @param threads number of worker threads of all hosts
     * @param isFailing whether the latest attempt failed
     * @param level current number of adaptive bounds; null without them
     */
    @Nullable
    Integer most(int threads, boolean isFailing, @Nullable Integer level) {
        Integer percent = running.percent();
        Integer fixed = level == null ? running.max() : level;
        Integer most = percent == null ? fixed : Integer.valueOf(Math.max(1, threads * percent / ALL));
        Integer failing = running.failing();
        return isFailing && failing != null && (most == null || failing < most) ? failing : most;
    }

    static LimitSettings shut(String fault) {
        return new LimitSettings(null, Map.of(), fault);
    }

    static LimitSettings read(SettingsReader reader) {
        Integer runningMax = runningMax(reader);
        AdaptiveBounds adaptive = AdaptiveBounds.read(reader, MOST_RUNNING);
        Map<String, Rate> rates = new TreeMap<>();
        Set<String> keys = reader.keys(RATE, RATE + "UNIT");
        for (String key : keys) {
            String unit = key.substring(RATE.length());
            Rate rate = reader.optional(key, Rate::parse);
            if (!Unit.isName(unit)) {
                reader.refuse(key, "invalid " + key + ": a unit has " + Unit.FORM);
            } else if (rate != null) {
                rates.put(unit, rate);
            }
        }
        BudgetKeys.read(reader, "").forEach((unit, budget) -> {
            if (rates.put(unit, budget) != null) {
                reader.refuse(
                        "rate." + unit,
                        "rate." + unit + " and budget." + unit
                                + " cannot be combined: use one of them, and a second limit for the other");
            }
        });
        boolean isStrict = isStrict(reader, runningMax);
        if (rates.isEmpty() && keys.isEmpty() && !boundsRuns(reader) && !isStrict) {
            reader.refuse("no limit set: set running.max, or rate.UNIT, for example rate.requests = 60/m burst 10");
        }
        String key = reader.optional("key", LimitSettings::key);
        int keysMax = reader.integer("keys.max", KEYS_MAX, 1, MOST_KEYS);
        boolean fails = reader.value(OVERSIZE, false, LimitSettings::fails);
        Integer max = isStrict ? Integer.valueOf(1) : runningMax;
        RunningBounds running = new RunningBounds(max, failingMax(reader, max), null, adaptive);
        return new LimitSettings(running, rates, null, key, keysMax, fails, isStrict);
    }

    private static boolean isStrict(SettingsReader reader, @Nullable Integer runningMax) {
        boolean isStrict = reader.value(ORDER, false, LimitSettings::strict);
        if (isStrict && !reader.has("key")) {
            reader.refuse(ORDER, "order = strict requires key: set key, for example key = label.tenant, or omit order");
        }
        if (isStrict && reader.has(AdaptiveBounds.ADAPTIVE)) {
            reader.refuse(ORDER, "order = strict and adaptive cannot be combined: omit one of them");
        }
        if (isStrict && runningMax != null && runningMax != 1) {
            reader.refuse(
                    ORDER,
                    "order = strict runs one job of a value at a time: set running.max = 1 or omit it, or omit order");
        }
        return isStrict;
    }

    private static boolean strict(String text) {
        if (!text.equals(STRICT) && !text.equals("ready")) {
            throw new IllegalArgumentException("use ready or strict");
        }
        return text.equals(STRICT);
    }

    private static boolean boundsRuns(SettingsReader reader) {
        return reader.has(RUNNING_MAX) || reader.has(FAILING_MAX) || reader.has(AdaptiveBounds.ADAPTIVE);
    }

    private static @Nullable Integer failingMax(SettingsReader reader, @Nullable Integer runningMax) {
        Integer failingMax = reader.optionalInteger(FAILING_MAX, MOST_RUNNING);
        if (failingMax != null && runningMax != null && failingMax > runningMax) {
            reader.refuse(FAILING_MAX, FAILING_MAX + " exceeds running.max: use a number from 1 to " + runningMax);
        }
        return failingMax;
    }

    private static boolean fails(String text) {
        if (!text.equals(FAIL) && !text.equals("hold")) {
            throw new IllegalArgumentException("use hold or fail");
        }
        return text.equals(FAIL);
    }

    private static String key(String text) {
        boolean isLabel = text.startsWith("label.");
        if (!(isLabel ? LABEL : KEY).matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "use payload.PATH, for example payload.model, or label.NAME, for example label.tenant; allowed"
                            + " characters: A-Z a-z 0-9 _ - and dots");
        }
        return text;
    }

    static @Nullable Integer runningMax(SettingsReader reader) {
        return reader.optionalInteger(RUNNING_MAX, MOST_RUNNING);
    }

    @Override
    public String toString() {
        if (fault != null) {
            return "a shut limit";
        }
        StringBuilder text = new StringBuilder();
        if (running.max() != null) {
            text.append(RUNNING_MAX).append(" = ").append(running.max());
        }
        if (running.adaptive() != null) {
            text.append(running.adaptive());
        }
        if (running.failing() != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(FAILING_MAX)
                    .append(" = ")
                    .append(running.failing());
        }
        if (key != null) {
            text.append(text.isEmpty() ? "" : ", ").append("key = ").append(key);
            text.append(", keys.max = ").append(keysMax);
        }
        if (isStrict) {
            text.append(", ").append(ORDER).append(" = ").append(STRICT);
        }
        if (failsOversized) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(OVERSIZE)
                    .append(" = ")
                    .append(FAIL);
        }
        rates.forEach((unit, rate) -> text.append(text.isEmpty() ? "" : ", ")
                .append(rate.isBudget() ? BudgetKeys.BUDGET : RATE)
                .append(unit)
                .append(" = ")
                .append(rate));
        return text.toString();
    }
}
