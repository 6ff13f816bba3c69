// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Range of numbers, including its first and its last number. */
public record NumberRange(int first, int last) {

    /** Largest gap to include in a range. Reading this many unneeded rows costs no more than another query. */
    private static final int SMALL_GAP = 4;

    /** Returns few ranges that contain all of these numbers and few others. */
    public static List<NumberRange> of(Collection<Integer> numbers) {
        List<NumberRange> ranges = new ArrayList<>();
        for (int number : new TreeSet<>(numbers)) {
            NumberRange range = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (range == null || number - range.last > SMALL_GAP) {
                ranges.add(new NumberRange(number, number));
            } else {
                ranges.set(ranges.size() - 1, new NumberRange(range.first, number));
            }
        }
        return ranges;
    }
}
