// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Effect of a submit whose key an earlier job of the same submitter holds.
 *
 * @param kind the action
 * @param time waiting time, or time for which the key stays in use; null unless the kind has a time
 */
public record KeyPolicy(KeyAction kind, @Nullable Duration time) {

    /** Kind of effect. */
    public enum KeyAction {
        /** Stores nothing; the answer is the earlier job. */
        RETURN,
        /** Replaces the earlier job if it has not started. */
        REPLACE,
        /** Works as {@link #REPLACE}. In addition, the job starts only after a time without a further submit. */
        DEBOUNCE,
        /** Keeps the key in use for a time after the first submit, even if that job has finished. */
        THROTTLE
    }

    /** Returns the earlier job. This is the default. */
    public static final KeyPolicy RETURN = new KeyPolicy(KeyAction.RETURN, null);

    /** Replaces the earlier job and keeps its ID, if it has not started; otherwise returns the earlier job. */
    public static final KeyPolicy REPLACE = new KeyPolicy(KeyAction.REPLACE, null);

    private static final String FORM = "use return, replace, debounce:TIME or throttle:TIME, for example debounce:30s";

    /** @throws ValidationException if a time is given for a kind without one, is missing, or is not positive */
    public KeyPolicy {
        boolean timed = kind == KeyAction.DEBOUNCE || kind == KeyAction.THROTTLE;
        if (timed != (time != null) || time != null && time.toMillis() < 1) {
            throw new ValidationException("invalid key policy: " + FORM);
        }
    }

    /**
     * Works as {@link #REPLACE}. In addition, the job starts only after a time without a further submit with its key.
     *
     * @param quiet the time
     * @throws ValidationException if the time is not positive
     */
    public static KeyPolicy debounce(Duration quiet) {
        return new KeyPolicy(KeyAction.DEBOUNCE, quiet);
    }

    /**
     * Keeps the key in use for a time after the stored submit, even if that job has finished. Other submits return that job.
     *
     * @param interval the time
     * @throws ValidationException if the time is not positive
     */
    public static KeyPolicy throttle(Duration interval) {
        return new KeyPolicy(KeyAction.THROTTLE, interval);
    }

    /** {@return whether the policy replaces an earlier job that has not started; true for replace and debounce} */
    public boolean replaces() {
        return kind == KeyAction.REPLACE || kind == KeyAction.DEBOUNCE;
    }

    /** Returns the text form, to the millisecond: {@code return}, {@code debounce:30s}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (time == null) {
            return name;
        }
        long millis = time.toMillis();
        return name + ":" + (millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms");
    }
}
