// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.SettingsReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of a maximum number of runs that follows the answers of a provider.
 *
 * @param least lowest maximum, with which a new limit begins
 * @param most highest maximum
 * @param latency longest time of a successful run; null for any time
 */
record AdaptiveBounds(int least, int most, @Nullable Duration latency) {

    static final String ADAPTIVE = "adaptive";
    private static final String LATENCY = "adaptive.latency.seconds";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})\\s*\\.\\.\\s*(\\d{1,6})");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}(\\.\\d{1,3})?");
    private static final int DAY_SECONDS = 86_400;

    /**
     * Reads the bounds; null without them.
     *
     * @param largest highest number of runs that is allowed
     */
    static @Nullable AdaptiveBounds read(SettingsReader reader, int largest) {
        AdaptiveBounds bounds = reader.optional(ADAPTIVE, text -> parse(text, largest));
        Duration latency = reader.optional(LATENCY, AdaptiveBounds::latency);
        if (reader.has(LATENCY) && !reader.has(ADAPTIVE)) {
            reader.refuse(LATENCY + " requires adaptive: set adaptive = LEAST..MOST, or omit " + LATENCY);
        }
        if (reader.has(ADAPTIVE) && reader.has(LimitSettings.RUNNING_MAX)) {
            reader.refuse("adaptive and running.max cannot be combined: omit running.max, because MOST of adaptive ="
                    + " LEAST..MOST is the highest number of running jobs");
        }
        return bounds == null ? null : new AdaptiveBounds(bounds.least, bounds.most, latency);
    }

    private static AdaptiveBounds parse(String text, int largest) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int least = Integer.parseInt(range.group(1));
            int most = Integer.parseInt(range.group(2));
            if (least >= 1 && least < most && most <= largest) {
                return new AdaptiveBounds(least, most, null);
            }
        }
        throw new IllegalArgumentException("use LEAST..MOST, for example 10..500, with two whole numbers from 1 to "
                + largest + " and LEAST below MOST");
    }

    private static Duration latency(String text) {
        BigDecimal seconds =
                SECONDS.matcher(text).matches() ? new BigDecimal(text) : BigDecimal.ZERO; // which is out of range
        if (seconds.signum() <= 0 || seconds.compareTo(BigDecimal.valueOf(DAY_SECONDS)) > 0) {
            throw new IllegalArgumentException(
                    "use a number of seconds from 0.001 to " + DAY_SECONDS + ", for example 30 or 0.5");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }

    /** Returns the range as in the configuration, for example {@code 10..500}. */
    String range() {
        return least + ".." + most;
    }

    @Override
    public String toString() {
        return ADAPTIVE + " = " + range()
                + (latency == null
                        ? ""
                        : ", " + LATENCY + " = "
                                + BigDecimal.valueOf(latency.toMillis(), 3)
                                        .stripTrailingZeros()
                                        .toPlainString());
    }
}
