// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Check of numbers in payloads and results. A number is valid if it keeps its value when it is written as JSON, read into Java as a whole
 * number of any length or a double, and written again. Other numbers are rejected with their location, and never changed.
 */
public final class JsonNumbers {

    private static final int MOST_DIGITS = 1_000;
    /** Maximum bits of a whole number. The check does not write the number, which would take more than linear time. */
    private static final int MOST_BITS = 3_322;

    private static final int MOST_DEPTH = 500;
    private static final int SHOWN = 30;

    private static final Pattern NUMBER = Pattern.compile("-?\\d++(\\.\\d++)?+([eE][+-]?+\\d++)?+");
    private static final Pattern WHOLE = Pattern.compile("-?\\d++");
    private static final Pattern NONE = Pattern.compile("[+-]?(NaN|INF|Infinity)");

    private JsonNumbers() {}

    /**
     * Returns the first invalid number of a JSON text, with its location as a JSON pointer, and the fix. The time is linear in the length.
     * Ignores invalid JSON.
     */
    public static Optional<String> problem(String json) {
        return new JsonNumberScan(json).problem();
    }

    /**
     * Finds whole numbers and decimals in a JSON value of maps and lists that are too long to write. Call it before the value is written.
     *
     * @param most maximum number of values to check: the allowed number of bytes, because each value takes at least one
     * @return first such number, with its location as a JSON pointer, and the fix
     */
    public static Optional<String> tooLong(@Nullable Object tree, int most) {
        return Optional.ofNullable(new LongNumbers(most).find(tree, 0)).filter(problem -> !problem.isEmpty());
    }

    /** Visits a tree that may be infinite. */
    private static final class LongNumbers {

        private int left;

        LongNumbers(int most) {
            left = most;
        }

        /**
         * Returns empty to end the visit. A tree that is nested too deep, for example because it contains itself, or that has too many
         * values, is rejected later, when it is written.
         */
        @Nullable
        String find(@Nullable Object value, int depth) {
            if (depth > MOST_DEPTH || left-- < 0) {
                return "";
            } else if (value instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    String problem = find(member.getValue(), depth + 1);
                    if (problem != null) {
                        return problem.isEmpty() ? "" : step(String.valueOf(member.getKey())) + problem;
                    }
                }
            } else if (value instanceof List<?> list) {
                int index = 0;
                for (Object element : list) {
                    String problem = find(element, depth + 1);
                    if (problem != null) {
                        return problem.isEmpty() ? "" : "/" + index + problem;
                    }
                    index++;
                }
            } else if (value instanceof BigInteger number && number.bitLength() > MOST_BITS
                    || value instanceof BigDecimal decimal
                            && decimal.unscaledValue().bitLength() > MOST_BITS) {
                return ": a number with more than " + MOST_DIGITS + " digits is not allowed: pass it as text";
            }
            return null;
        }
    }

    /** Returns the problem of a token at the position of a number; null for a valid number or another token. */
    static @Nullable String fault(String token) {
        if (token.length() > MOST_DIGITS) {
            String digits = token.replaceAll("[^0-9]", "");
            if (digits.length() > MOST_DIGITS) {
                return shown(token) + " has " + digits.length() + " digits, more than " + MOST_DIGITS
                        + ": pass it as text";
            }
        }
        if (NONE.matcher(token).matches()) {
            return token + " is not a JSON number: pass it as text, or omit it";
        }
        if (!NUMBER.matcher(token).matches() || WHOLE.matcher(token).matches()) {
            return null;
        }
        double read = Double.parseDouble(token);
        if (Double.isInfinite(read)) {
            return shown(token) + " is larger than a number can be: pass it as text";
        }
        return survives(token, read) ? null : shown(token) + " would become " + read + ": pass it as text";
    }

    private static boolean survives(String token, double read) {
        BigDecimal written = new BigDecimal(Double.toString(read));
        BigDecimal asked;
        try {
            asked = new BigDecimal(token);
        } catch (NumberFormatException e) {
            return false; // the exponent is out of range
        }
        if (asked.compareTo(written) == 0) {
            return true;
        }
        // Java before 19 does not always write the nearest of the shortest texts of a double, as other programs do.
        int digits = asked.stripTrailingZeros().precision();
        return digits <= written.stripTrailingZeros().precision()
                && new BigDecimal(read).round(new MathContext(digits)).compareTo(asked) == 0;
    }

    static String step(String key) {
        return "/" + shown(key).replace("~", "~0").replace("/", "~1");
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
