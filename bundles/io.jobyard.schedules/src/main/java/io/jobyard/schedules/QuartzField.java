// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Field of a Quartz expression with its values. */
enum QuartzField {
    SECOND(0, 59, List.of()),
    MINUTE(0, 59, List.of()),
    HOUR(0, 23, List.of()),
    DAY_OF_MONTH(1, 31, List.of()),
    MONTH(1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK(1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
    YEAR(1970, 2199, List.of());

    /** Matches a value or a range, and its step. */
    private static final Pattern PART = Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)?(?:/(\\d{1,4}))?");

    private final int least;
    private final int most;
    private final List<String> names;

    QuartzField(int least, int most, List<String> names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** Returns the name with its article. */
    String words() {
        return (this == HOUR ? "an " : "a ") + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Adds the values of a part, for example {@code 9-17/2}. A range whose end is less than its start continues at the least value. A step
     * after a single value runs to the greatest value.
     *
     * @throws IllegalArgumentException if the part is invalid; the message is the fix
     */
    void addTo(BitSet values, String part) {
        Matcher found = PART.matcher(part);
        if (part.isEmpty() || !found.matches()) {
            throw new IllegalArgumentException(fix());
        }
        boolean isAll = found.group(2) == null;
        int from = isAll ? least : value(found.group(2));
        int step = found.group(4) == null ? 1 : step(found.group(4), found.group(2));
        boolean isOne = !isAll && found.group(3) == null && found.group(4) == null;
        int to = isOne ? from : found.group(3) == null ? most : value(found.group(3));
        if (to < from && this == YEAR) {
            throw new IllegalArgumentException("use a range that begins with the earlier year");
        }
        int size = most - least + 1;
        for (int value = from; value <= (to < from ? to + size : to); value += step) {
            values.set((value - least) % size + least);
        }
    }

    private int value(String text) {
        int name = names.indexOf(text);
        if (name >= 0) {
            return name + least;
        }
        if (!text.matches("\\d{1,4}")) {
            throw new IllegalArgumentException(fix());
        }
        int value = Integer.parseInt(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException(fix());
        }
        return value;
    }

    private int step(String text, @Nullable String from) {
        int step = Integer.parseInt(text);
        if (from != null && names.contains(from)) {
            throw new IllegalArgumentException("Quartz ignores a step after a name; use numbers, for example 2-6/2");
        } else if (step == 0 || step > most) {
            throw new IllegalArgumentException("use a step from 1 to " + most);
        }
        return step;
    }

    private String fix() {
        String range = "use " + least + " to " + most;
        return names.isEmpty() ? range : range + " or " + names.get(0) + " to " + names.get(names.size() - 1);
    }
}
