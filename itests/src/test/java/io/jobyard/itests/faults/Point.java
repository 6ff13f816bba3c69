// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A named place at which a fault can be put: a deed and how far it has come, such as {@code submit.sent}. */
public record Point(Deed deed, Step step) {

    public static List<Point> all() {
        List<Point> all = new ArrayList<>();
        for (Deed deed : Deed.values()) {
            for (Step step : Step.values()) {
                if (deed.has(step)) {
                    all.add(new Point(deed, step));
                }
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return (deed + "." + step).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
