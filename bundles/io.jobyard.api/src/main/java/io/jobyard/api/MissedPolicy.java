// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Policy of a schedule for missed times. A time is missed if it is older than the schedule's grace period when a host processes it.
 *
 * @param most maximum number of missed times that get a job, the latest ones; 0 to 1,000
 * @param isLatestOnly whether one job replaces all past times; if a later time is within the grace period, only that time gets a job
 */
public record MissedPolicy(int most, boolean isLatestOnly) {

    /** Maximum number of missed times that get a job. */
    public static final int MAX = 1_000;

    /** Creates no job for missed times. */
    public static final MissedPolicy SKIP = new MissedPolicy(0, false);

    /** Creates one job for all missed times. */
    public static final MissedPolicy LAST = new MissedPolicy(1, true);

    private static final Pattern ALL = Pattern.compile("all:(\\d{1,4})");

    /** @throws ValidationException if the number is out of range */
    public MissedPolicy {
        if (most < 0 || most > MAX) {
            throw new ValidationException("missed all:" + most + " is out of range: use 1 to " + MAX);
        }
    }

    /** {@return the text form in options, files and JSON: {@code skip}, {@code last} or {@code all:N}} */
    public String text() {
        return most == 0 ? "skip" : isLatestOnly ? "last" : "all:" + most;
    }

    /**
     * Parses a policy.
     *
     * @param text name of the policy
     * @throws ValidationException if the policy is unknown; the message lists the known policies
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
                    "unknown missed policy '" + text + "'; use skip, last, or all:N with N from 1 to " + MAX);
        }
        return new MissedPolicy(Integer.parseInt(all.group(1)), false);
    }
}
