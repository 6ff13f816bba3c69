// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a schedule does about times at which no host was there to see to it. A time is missed when it is longer ago than the schedule's
 * grace.
 *
 * @param most of how many missed times, the latest, it makes up for at most; 0 to 1,000
 * @param isLatestOnly whether one job stands for all times that have passed: if a later one is within the grace, for that alone
 */
public record MissedPolicy(int most, boolean isLatestOnly) {

    /** The largest number of times that are made up for. */
    public static final int MAX = 1_000;

    /** Missed times are left out. */
    public static final MissedPolicy SKIP = new MissedPolicy(0, false);

    /** One job for all that was missed. */
    public static final MissedPolicy LAST = new MissedPolicy(1, true);

    private static final Pattern ALL = Pattern.compile("all:(\\d{1,4})");

    /** @throws ValidationException if the number is out of range */
    public MissedPolicy {
        if (most < 0 || most > MAX) {
            throw new ValidationException("missed all:" + most + " is out of range: use 1 to " + MAX);
        }
    }

    /**
     * Its word in options, files and JSON.
     *
     * @return {@code skip}, {@code last} or {@code all:N}
     */
    public String text() {
        return most == 0 ? "skip" : isLatestOnly ? "last" : "all:" + most;
    }

    /**
     * Reads a policy.
     *
     * @param text its word
     * @throws ValidationException if it is none: says which there are
     */
    public static MissedPolicy of(String text) {
        if (text.equals("skip")) {
            return SKIP;
        } else if (text.equals("last")) {
            return LAST;
        }
        Matcher all = ALL.matcher(text);
        if (!all.matches() || all.group(1).equals("0")) {
            throw new ValidationException(
                    "missed '" + text + "' is unknown: use skip, last, or all:N with N from 1 to " + MAX);
        }
        return new MissedPolicy(Integer.parseInt(all.group(1)), false);
    }
}
