// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.limits.BudgetPeriod.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetPeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "d, 1, UTC, 2030-03-15T23:59:59Z, 2030-03-15T00:00:00Z, 2030-03-16T00:00:00Z",
        "d, 1, Europe/Berlin, 2030-03-15T23:59:59Z, 2030-03-15T23:00:00Z, 2030-03-16T23:00:00Z",
        "w, 1, UTC, 2030-03-15T12:00:00Z, 2030-03-11T00:00:00Z, 2030-03-18T00:00:00Z",
        "month, 1, UTC, 2030-02-28T23:59:59Z, 2030-02-01T00:00:00Z, 2030-03-01T00:00:00Z",
        "month, 3, UTC, 2030-05-20T00:00:00Z, 2030-04-01T00:00:00Z, 2030-07-01T00:00:00Z",
        "month, 1, America/New_York, 2030-03-01T04:59:59Z, 2030-02-01T05:00:00Z, 2030-03-01T05:00:00Z",
        "h, 6, Europe/Berlin, 2030-03-15T07:00:00Z, 2030-03-15T06:00:00Z, 2030-03-15T12:00:00Z",
        "month, 1, UTC, 1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void aPeriodBeginsAndTheNextOneToo(String span, int count, String zone, Instant in, Instant begin, Instant next) {
        BudgetPeriod periods = new BudgetPeriod(Span.of(span), count, ZoneId.of(zone));
        long number = periods.at(nanos(in));
        assertThat(periods.begin(number)).isEqualTo(nanos(begin));
        assertThat(periods.begin(number + 1)).isEqualTo(nanos(next));
        assertThat(periods.at(nanos(begin))).isEqualTo(number);
        assertThat(periods.at(nanos(next) - 1)).isEqualTo(number);
        assertThat(periods.at(nanos(next))).isEqualTo(number + 1);
    }

    @Test
    void aDayHasTwentyThreeHoursWhenTheClocksGoForward() {
        BudgetPeriod days = new BudgetPeriod(Span.DAY, 1, BERLIN);
        long day = days.at(nanos(Instant.parse("2030-03-31T10:00:00Z")));
        assertThat(days.begin(day + 1) - days.begin(day)).isEqualTo(23L * 3_600 * 1_000_000_000);
    }

    @Test
    void itIsWrittenAsItIsRead() {
        assertThat(Rate.budget("50/month", BERLIN)).hasToString("50/month Europe/Berlin");
        assertThat(Rate.budget("50 / 2w", ZoneId.of("UTC")))
                .hasToString("50/2w")
                .isEqualTo(Rate.budget("50/2w", ZoneOffset.UTC));
        assertThat(Rate.budget("50/month").pace()).isEqualTo("50/month");
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
