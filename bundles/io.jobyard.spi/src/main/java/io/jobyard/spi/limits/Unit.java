// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.regex.Pattern;

/** Unit of limits, budgets and estimates. Any name of the right form is a unit. */
public final class Unit {

    /** Unit of the rates of queues and roles. Each start counts 1. */
    public static final String STARTS = "starts";

    /** Default unit. A job without an estimate uses 1 of this unit, and 0 of all others. */
    public static final String REQUESTS = "requests";

    /** Prefix of a limit's name in units for the number of slots of its {@code running.max} that a job takes; 1 by default. */
    public static final String SLOTS = "slots.";

    /**
     * Unit for the number of calls in an estimate. Each call draws its amount separately. The start of the job takes the amount for the
     * first calls; the rest is released.
     */
    public static final String CALLS = "calls";

    /** Maximum amount in an estimate. */
    public static final double LARGEST = 1e12;

    /** Description of valid names. */
    public static final String FORM = "1 to 32 of the characters A-Z a-z 0-9 . _ -";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private Unit() {}

    /** Returns whether a text is a valid name of a unit. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
