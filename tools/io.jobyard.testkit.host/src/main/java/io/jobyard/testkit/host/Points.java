// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the points that runs of one job type pass, and returns the action at a chosen point. Safe for use by several
 * threads.
 *
 * @param <T> the type of the action
 */
final class Points<T> {

    private final String type;
    private final List<String> passed = new ArrayList<>();
    private int chosen;
    private @Nullable T then;

    Points(String type) {
        this.type = type;
    }

    /** Chooses a point, counted from now, starting at 1. */
    synchronized void choose(int nth, T what) {
        if (nth < 1) {
            throw new IllegalArgumentException(nth + " is no point: the next one is 1");
        }
        chosen = passed.size() + nth;
        then = what;
    }

    /** Passes a point. Returns its action; empty if the point is not the chosen one. */
    synchronized Optional<T> pass(String jobType, String point) {
        if (!jobType.equals(type)) {
            return Optional.empty();
        }
        passed.add(point);
        return passed.size() == chosen ? Optional.ofNullable(then) : Optional.empty();
    }

    /** Returns whether the next point is the chosen one. */
    synchronized boolean isNext() {
        return passed.size() + 1 == chosen;
    }

    synchronized List<String> passed() {
        return List.copyOf(passed);
    }
}
