// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.regex.Pattern;

/** The units in which limits, budgets and estimates are counted. Any name of the right form is one. */
public final class Unit {

    /** What a queue's rate and a role's rate count: each start is 1. */
    public static final String STARTS = "starts";

    /** Of these a job that says nothing uses 1, of all other units 0. */
    public static final String REQUESTS = "requests";

    /** Stands before the name of a limit: of its {@code running.max} a job takes so many places, 1 if it says nothing. */
    public static final String SLOTS = "slots.";

    /**
     * In an estimate: it is of so many calls, each of which draws by itself when it is made. What the start of the job takes is drawn by its
     * first calls; what these leave comes back.
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
