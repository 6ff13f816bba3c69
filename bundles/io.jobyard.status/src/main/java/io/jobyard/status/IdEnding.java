// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.reads.JobReads;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the only id with the given ending. */
final class IdEnding {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,32}");
    private static final int SHOWN = 3;
    /** Number of digits of a whole id. */
    static final int WHOLE = 32;

    private IdEnding() {}

    static boolean isWhole(String typed) {
        return digits(typed).length() == WHOLE;
    }

    private static String digits(String typed) {
        return typed.strip().replace("-", "").toLowerCase(Locale.ROOT);
    }

    static JobId resolve(String typed, BiFunction<String, Integer, List<JobId>> endingWith) {
        String ending = digits(typed);
        if (!DIGITS.matcher(ending).matches()) {
            throw new ValidationException(
                    "invalid job ID '" + typed + "': give an ID, or its last characters (digits and a to f)");
        }
        List<JobId> found = endingWith.apply(ending, SHOWN + 1);
        if (found.isEmpty()) {
            throw new JobNotFoundException(
                    typed,
                    ending.length() == WHOLE
                            ? ""
                            : " (only the newest " + JobReads.MOST_ENDINGS
                                    + " jobs are searched by their last characters)");
        }
        if (found.size() > 1) {
            String some = found.stream().limit(SHOWN).map(JobId::toString).collect(Collectors.joining(", "));
            throw new ValidationException("several IDs end with '" + typed + "': " + some
                    + (found.size() > SHOWN ? ", …" : "") + ": give more characters");
        }
        return found.get(0);
    }
}
