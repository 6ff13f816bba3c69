// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.regex.Pattern;

/** Units of limits, budgets and estimates. Any name of the right form is a unit. */
public final class Unit {

    /** Unit of a queue's rate and of a role's rate: each start counts 1. */
    public static final String STARTS = "starts";

    /** A job without an estimate uses 1 of this unit, and 0 of all others. */
    public static final String REQUESTS = "requests";

    /** Prefix of a limit's name: number of slots of its {@code running.max} that a job takes; 1 by default. */
    public static final String SLOTS = "slots.";

    /**
     * In an estimate: number of calls, each of which is drawn separately when it is made. The first calls draw the amount that the start of
     * the job takes; the rest is released.
     */
    public static final String CALLS = "calls";

    /** The largest amount of an estimate. */
    public static final double LARGEST = 1e12;

    /** The form of a name, in words. */
    public static final String FORM = "1 to 32 of the characters A-Z a-z 0-9 . _ -";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private Unit() {}

    /** Whether a text has the form of a unit's name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
