// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "60/m burst 10, 60/m burst 10, 1",
        "60/m, 60/m burst 1, 1",
        "100/10s, 100/10s burst 1, 10",
        "5/h, 5/h burst 1, 0.00138",
        "0.5 / 2d  burst 0.25, 0.5/2d burst 0.25, 0.0000028",
        "100000/m burst 100000, 100000/m burst 100000, 1666.6",
    })
    void anAmountAndATimeAreRead(String text, String canonical, double perSecond) {
        Rate rate = Rate.parse(text);
        assertThat(rate).hasToString(canonical);
        assertThat(rate.perSecond()).isCloseTo(perSecond, withPercentage(4));
        assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "60", "60/", "60/x", "-1/m", "0/m", "60/m burst 0", "60/m burst", "1e9/m", "60/0s", "NaN/m"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("use an amount per time, for example 60/m");
    }

    @Test
    void aTimeThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> Rate.parse("1/367d")).hasMessageContaining("at most 366");
        assertThatThrownBy(() -> Rate.parse("1/d burst 3661")).hasMessageContaining("more than 10 years");
    }

    @Test
    void numbersAreShownForPeople() {
        assertThat(Rate.text(-812)).isEqualTo("−812");
        assertThat(Rate.text(-812.04)).isEqualTo("−812.1");
        assertThat(Rate.text(0.00004)).isEqualTo("0");
        assertThat(Rate.text(0.25)).isEqualTo("0.25");
        assertThat(Rate.text(100_000)).isEqualTo("100000");
    }

    @Test
    void aBudgetComesBackAllAtOnceAndHasNoBurst() {
        Rate budget = Rate.budget("500000/d");
        assertThat(budget.isBudget()).isTrue();
        assertThat(budget.burst()).isEqualTo(500_000);
        assertThat(budget).hasToString("500000/d");
        assertThatThrownBy(() -> Rate.budget("5/d burst 2")).hasMessageContaining("a budget has no burst");
    }

    @ParameterizedTest
    @CsvSource({"50/month warn 80%, 80", "50/month  warn  80, 80", "5/d warn 100 %, 100", "5/2w, "})
    void aBudgetMayHaveAWarningThreshold(String text, Integer percent) {
        Rate budget = Rate.budget(text);
        assertThat(budget.warningPercent()).isEqualTo(percent);
        assertThat(Rate.budget(budget.toString())).isEqualTo(budget);
    }

    @Test
    void aWarningThresholdThatIsNoPartOfTheBudgetIsRefused() {
        assertThatThrownBy(() -> Rate.budget("50/d warn 0%")).hasMessageContaining("1 to 100 percent");
        assertThatThrownBy(() -> Rate.budget("50/d warn 101")).hasMessageContaining("1 to 100 percent");
        assertThatThrownBy(() -> Rate.budget("50/d warn")).hasMessageContaining("warn 80%");
        assertThatThrownBy(() -> Rate.budget("50/d soft 80%")).hasMessageContaining("'soft' is now 'warn'");
        assertThatThrownBy(() -> Rate.parse("50/m warn 80%")).hasMessageContaining("60/m");
    }

    @Test
    void theMoreGenerousOfTwoLetsMoreThroughInTheLongRunAndThenAtOnce() {
        assertThat(Rate.parse("61/m").isMoreThan(Rate.parse("1/s burst 9"))).isTrue();
        assertThat(Rate.parse("60/m burst 2").isMoreThan(Rate.parse("1/s"))).isTrue();
        assertThat(Rate.parse("60/m").isMoreThan(Rate.parse("1/s"))).isFalse();
    }
}
