// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

/**
 * Compares the times with those of Quartz, outside of clock changes, each expression in one of twelve zones. {@code -Dquartz.zones=all} takes
 * all zones for each expression, {@code -Dquartz.expressions=1000000} more expressions, and {@code -Dquartz.seed=2} other ones.
 */
class QuartzTimesTest {

    private static final int EXPRESSIONS = Integer.getInteger("quartz.expressions", 10_000);
    private static final long SEED = Long.getLong("quartz.seed", 1);
    private static final boolean ALL_ZONES = "all".equals(System.getProperty("quartz.zones"));
    private static final int TIMES = 3;
    /** Around a clock change, Jobyard's rule differs from that of Quartz. */
    private static final Duration AROUND = Duration.ofHours(2);

    private static final Instant FIRST = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2099-01-01T00:00:00Z");

    @Test
    void timesAreThoseOfQuartz() throws ParseException {
        RandomQuartz expressions = new RandomQuartz(SEED);
        Random random = new Random(SEED);
        assertThat(CronTimingTest.ZONES).hasSize(12);
        for (int done = 0; done < EXPRESSIONS; done++) {
            String expression = expressions.next();
            LocalDate from = LocalDate.ofInstant(FIRST, ZoneOffset.UTC).plusMonths(random.nextInt(180));
            ZoneId one = CronTimingTest.ZONES.get(done % 12);
            for (ZoneId zone : ALL_ZONES ? CronTimingTest.ZONES : List.of(one)) {
                Instant after = from.atStartOfDay(zone).toInstant().minusSeconds(1);
                CronTiming timing = quartz(expression, zone);
                List<Instant> found = outside(zone, after, timing::next, true);
                List<Instant> expected = ofQuartz(expression, zone, after);
                if (!found.equals(expected)) {
                    assertThat(found)
                            .as(expression + " in " + zone + " after " + after)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static CronTiming quartz(String expression, ZoneId zone) {
        return new CronTiming(new Rhythm.Cron(expression, CronSyntax.QUARTZ), zone);
    }

    /**
     * Returns the first times of Quartz. Quartz loses times of an expression that has W and several days or times of day, or L and several
     * days. Therefore such an expression is split into those with one of each.
     */
    private static List<Instant> ofQuartz(String expression, ZoneId zone, Instant after) throws ParseException {
        TreeSet<Instant> times = new TreeSet<>();
        String[] fields = expression.toUpperCase(Locale.ROOT).split(" ");
        boolean nearest = fields[3].contains("W");
        boolean isSplit = nearest || fields[3].contains("L") && fields[3].contains(",");
        for (String one : isSplit ? split(fields) : List.of(expression)) {
            CronExpression quartz = new CronExpression(one);
            quartz.setTimeZone(TimeZone.getTimeZone(zone));
            times.addAll(outside(
                    zone,
                    after,
                    time -> Optional.ofNullable(quartz.getTimeAfter(Date.from(time)))
                            .map(Date::toInstant),
                    !nearest));
        }
        return times.stream().limit(TIMES).toList();
    }

    /** Returns expressions with one second, minute, hour and day of the month each. */
    private static List<String> split(String[] fields) {
        List<String> all = new ArrayList<>(List.of(""));
        for (int field = 0; field < fields.length; field++) {
            List<String> longer = new ArrayList<>();
            for (String before : all) {
                for (String part : field < 4 ? fields[field].split(",") : new String[] {fields[field]}) {
                    longer.add(before + part + " ");
                }
            }
            all = longer;
        }
        return all;
    }

    /**
     * Returns the first times that are not close to a clock change.
     *
     * @param leaps whether to continue after the hours of a change, and not from each of their times
     */
    private static List<Instant> outside(
            ZoneId zone, Instant after, Function<Instant, Optional<Instant>> next, boolean leaps) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = next.apply(after);
        while (times.size() < TIMES && time.isPresent() && time.get().isBefore(LAST)) {
            Instant end = endOfChange(zone, time.get());
            if (end == null) {
                times.add(time.get());
            }
            time = next.apply(end != null && leaps ? end : time.get());
        }
        return times;
    }

    private static @Nullable Instant endOfChange(ZoneId zone, Instant time) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(time.minus(AROUND));
        if (change == null || change.getInstant().isAfter(time.plus(AROUND))) {
            return null;
        }
        return change.getInstant().plus(AROUND).minusSeconds(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 1,2 15W * ?   | 2026-11-01 | 2026-11-16T01:00 2026-11-16T02:00 2026-12-15T01:00",
                "0 0 12,18 15W * ? | 2026-08-01 | 2026-08-14T12:00 2026-08-14T18:00 2026-09-15T12:00",
                "0 0 12 1W * ?     | 2026-08-02 | 2026-08-03T12:00 2026-09-01T12:00 2026-10-01T12:00",
                "0 0 12 L-3,27 * ? | 2027-02-01 | 2027-02-25T12:00 2027-02-27T12:00 2027-03-27T12:00",
                "0 0 12 31W * ?    | 2026-11-01 | 2026-12-31T12:00 2027-01-29T12:00 2027-03-31T12:00"
            })
    void timesThatQuartzLosesAreThoseOfItsDocumentation(String expression, LocalDate from, String expected) {
        Instant after = from.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
        assertThat(quartz(expression, ZoneOffset.UTC).first(after, Instant.MAX, 3))
                .extracting(time -> time.toString().replace(":00Z", ""))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *            | it has 5 fields: use six fields",
                "@daily               | it has 1 field: use six fields",
                "0 0 2 * * *          | it has both a day of month and a day of week: use ? in exactly one",
                "0 0 2 ? * ?          | both day fields are ?: use ? in exactly one",
                "60 0 2 * * ?         | '60' is not a second: use 0 to 59",
                "0 0 24 * * ?         | '24' is not an hour: use 0 to 23",
                "0 0 2 32 * ?         | '32' is not a day of month: use 1 to 31",
                "0 0 2 32W * ?        | '32' is not a day of month: use 1 to 31",
                "0 0 2 L-31 * ?       | 'L-31' is not a day of month: use L-0 to L-30",
                "0 0 2 1 13 ?         | '13' is not a month: use 1 to 12 or JAN to DEC",
                "0 0 2 ? * 0          | '0' is not a day of week: use 1 to 7 or SUN to SAT",
                "0 0 2 ? * 6#6        | '6#6' is not a day of week: use a number from 1 to 5 after #",
                "0 0 2 ? * MON#1,FRI  | 'MON#1,FRI' is not a day of week: use a single day with # or L",
                "0 0 2 ? * MON-FRI/2  | 'MON-FRI/2' is not a day of week: Quartz ignores a step after a name",
                "0 */0 2 * * ?        | '*/0' is not a minute: use a step from 1 to 59",
                "0 5, 2 * * ?         | '' is not a minute: use 0 to 59",
                "0 0 2 1 * ? 1969     | '1969' is not a year: use 1970 to 2199",
                "0 0 2 1 * ? 2030-2029 | '2030-2029' is not a year: use a range that begins with the earlier year"
            })
    void errorsNameTheFieldAndTheFix(String expression, String message) {
        assertThatThrownBy(() -> quartz(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid cron '" + expression + "': " + message);
    }

    @Test
    void anExpressionMayNeverHaveATime() {
        assertThat(quartz("0 0 0 30 2 ?", ZoneOffset.UTC).next(Instant.EPOCH)).isEmpty();
        assertThat(quartz("0 0 0 1 1 ? 2020", ZoneOffset.UTC).next(FIRST)).isEmpty();
    }
}
