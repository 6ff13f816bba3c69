// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks which limits a job names and how much it says to use. */
final class Draws {

    private static final int MOST = 10;
    private static final double LARGEST = 1e12;
    private static final Pattern LIMIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private Draws() {}

    static List<String> limits(Set<String> limits) {
        tooMany("limits", limits.size());
        limits.forEach(name -> {
            if (!LIMIT.matcher(name).matches()) {
                throw new ValidationException("limit '" + Terms.shown(name)
                        + "' is refused: use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
            }
        });
        return List.copyOf(limits);
    }

    static Map<String, Double> estimate(Map<String, Double> estimate) {
        tooMany("estimates", estimate.size());
        estimate.forEach((unit, amount) -> {
            if (!UNIT.matcher(unit).matches()) {
                throw new ValidationException("unit '" + Terms.shown(unit)
                        + "' of the estimate is refused: use 1 to 32 of the characters A-Z a-z 0-9 . _ -");
            }
            if (!(amount >= 0 && amount <= LARGEST)) {
                throw new ValidationException(
                        "estimate " + unit + " = " + amount + " is out of range: use a number from 0 to 1000000000000");
            }
        });
        return estimate;
    }

    private static void tooMany(String what, int count) {
        if (count > MOST) {
            throw new ValidationException(count + " " + what + " are too many: use at most " + MOST);
        }
    }
}
