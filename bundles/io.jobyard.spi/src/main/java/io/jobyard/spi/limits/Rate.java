// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Allowed use per time.
 *
 * @param period the time as written, for example {@code m} or {@code 10s}
 * @param periodNanos the time in nanoseconds
 * @param burst amount that may be used at once after a long pause
 * @param periods periods of a budget, which is restored completely at the next period; null if it is restored gradually
 * @param warningPercent percentage of a budget that triggers a warning when used in a period; null for no warning
 */
public record Rate(
        double amount,
        String period,
        long periodNanos,
        double burst,
        @Nullable BudgetPeriod periods,
        @Nullable Integer warningPercent) {

    private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,9})?)";
    private static final Pattern FORM =
            Pattern.compile(NUMBER + "\\s*/\\s*(\\d{0,6})([smhd])(?:\\s+burst\\s+" + NUMBER + ")?");
    private static final Pattern BUDGET =
            Pattern.compile(NUMBER + "\\s*/\\s*(\\d{0,3})(month|[smhdw])(?:\\s+warn\\s+(\\d{1,3})\\s*%?)?");
    private static final int MOST_PERIODS = 366;
    private static final double LONGEST = 3_660 * 86_400e9;
    private static final String USE = "use an amount per time, for example 60/m, 100/10s or 5/h burst 2 (s, m, h, d),"
            + " with both numbers above 0; the default burst is 1";

    /**
     * Parses a rate, for example {@code 60/m burst 10}.
     *
     * @throws IllegalArgumentException if the rate is invalid; the message contains the fix
     */
    public static Rate parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(USE);
        }
        double amount = Double.parseDouble(form.group(1));
        long count = form.group(2).isEmpty() ? 1 : Long.parseLong(form.group(2));
        double burst = form.group(4) == null ? 1 : Double.parseDouble(form.group(4));
        long nanos = count
                * switch (form.group(3)) {
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 86_400_000_000_000L;
                };
        if (amount == 0 || burst == 0 || count == 0 || count > 366) {
            throw new IllegalArgumentException(
                    count > 366
                            ? "the period is out of range: use at most 366 seconds, minutes, hours or days, for example 100/366s"
                            : USE);
        }
        if (burst / amount * nanos > LONGEST) {
            throw new IllegalArgumentException("the burst would take more than 10 years to become available again");
        }
        return new Rate(amount, form.group(2) + form.group(3), nanos, burst, null, null);
    }

    /**
     * Parses a budget by the calendar of UTC.
     *
     * @throws IllegalArgumentException if the budget is invalid; the message contains the fix
     */
    public static Rate budget(String text) {
        return budget(text, ZoneOffset.UTC);
    }

    /**
     * Parses a budget, for example {@code 500000/d} or {@code 50/month warn 80%}: an amount per period.
     *
     * @param zone zone in which days, weeks and months begin
     * @throws IllegalArgumentException if the budget is invalid; the message contains the fix
     */
    public static Rate budget(String text, ZoneId zone) {
        if (text.contains("burst")) {
            throw new IllegalArgumentException("a budget has no burst: use an amount per time, for example 500000/d");
        }
        if (text.contains("soft")) {
            throw new IllegalArgumentException("invalid budget: 'soft' is now 'warn', for example 50/month warn 80%");
        }
        Matcher form = BUDGET.matcher(text);
        double amount = form.matches() ? Double.parseDouble(form.group(1)) : 0;
        int count = amount == 0 || form.group(2).isEmpty() ? 1 : Integer.parseInt(form.group(2));
        if (amount == 0 || count == 0 || count > MOST_PERIODS) {
            throw new IllegalArgumentException("use an amount above 0 per time, for example 500000/d, 100/2h or"
                    + " 50/month (s, m, h, d, w, month; at most " + MOST_PERIODS + " of them); append warn 80% for a"
                    + " warning at 80% of it");
        }
        BudgetPeriod periods = new BudgetPeriod(BudgetPeriod.Span.of(form.group(3)), count, zone.normalized());
        Integer warning = form.group(4) == null ? null : Integer.valueOf(form.group(4));
        if (warning != null && (warning < 1 || warning > 100)) {
            throw new IllegalArgumentException(
                    "the warning threshold is 1 to 100 percent of the budget, for example warn 80%");
        }
        return new Rate(amount, form.group(2) + form.group(3), periods.usualNanos(), amount, periods, warning);
    }

    /** Returns whether the whole amount is restored at once. */
    public boolean isBudget() {
        return periods != null;
    }

    /**
     * Returns whether this rate allows more than another rate over a long time. If both allow the same, compares the amounts available at
     * once.
     */
    public boolean isMoreThan(Rate other) {
        int inTheLongRun = Double.compare(perSecond(), other.perSecond());
        return inTheLongRun > 0 || inTheLongRun == 0 && burst > other.burst;
    }

    /** Returns the time to restore one unit, in nanoseconds. */
    public double nanosPerUnit() {
        return periodNanos / amount;
    }

    /** Returns the number of units restored per second. */
    public double perSecond() {
        return amount * 1e9 / periodNanos;
    }

    /** Returns the text without the burst, for example {@code 60/m}. */
    public String pace() {
        return text(amount) + "/" + period;
    }

    @Override
    public String toString() {
        return periods == null
                ? pace() + " burst " + text(burst)
                : text(amount) + "/" + periods + (warningPercent == null ? "" : " warn " + warningPercent + "%");
    }

    /** Formats a number for users, for example {@code −812} or {@code 0.25}. */
    public static String text(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        int digits = exact.abs().compareTo(BigDecimal.ONE) < 0 ? 4 : exact.abs().compareTo(BigDecimal.TEN) < 0 ? 2 : 1;
        BigDecimal shown = exact.scale() > digits ? exact.setScale(digits, RoundingMode.FLOOR) : exact;
        return (shown.signum() == 0 ? BigDecimal.ZERO : shown)
                .stripTrailingZeros()
                .toPlainString()
                .replace('-', '−');
    }
}
