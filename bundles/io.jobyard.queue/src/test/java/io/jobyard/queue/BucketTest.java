// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobyard.spi.limits.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_900_000_000L * SECOND;

    private record Draw(long at, double amount) {}

    /** The promise of the algorithm, tried with random draws at random times. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inNoWindowMoreIsDrawnThanTheRateAndTheBurst(long seed) {
        Random random = new Random(seed);
        Rate rate = Rate.parse((1 + random.nextInt(1_000)) + "/10s burst " + (1 + random.nextInt(50)));
        Bucket bucket = bucket(rate);
        List<Draw> draws = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 3_000; i++) {
            now += (long) (random.nextDouble() * 2 * rate.nanosPerUnit());
            double amount = random.nextInt(4) == 0 ? random.nextDouble() * rate.burst() : 1;
            if (bucket.opensAt(amount) <= now) {
                bucket.draw(amount, now);
                draws.add(new Draw(now, amount));
            }
        }

        assertThat(draws).hasSizeGreaterThan(300);
        for (int first = 0; first < draws.size(); first++) {
            double drawn = 0;
            for (int last = first; last < Math.min(draws.size(), first + 200); last++) {
                drawn += draws.get(last).amount();
                double time = draws.get(last).at() - draws.get(first).at();
                assertThat(drawn).isLessThanOrEqualTo(time / rate.nanosPerUnit() + rate.burst() + 1e-6);
            }
        }
    }

    @Test
    void aSteadyDrawerGetsAllOfTheRate() {
        Bucket bucket = bucket(Rate.parse("7/m"));
        long now = START;
        for (int i = 0; i < 7_000; i++) {
            bucket.draw(1, now);
            now = bucket.opensAt(1);
        }
        assertThat((now - START) / (double) SECOND).isCloseTo(60_000, within(0.001));
    }

    @Test
    void anAmountOpensAtTheInstantItSays() {
        Bucket bucket = bucket(Rate.parse("100000/m burst 5000"));
        bucket.draw(5_000, START);
        assertThat(bucket.level(START)).isZero();

        long opens = bucket.opensAt(1_000);

        assertThat(opens - START).isEqualTo(600_000_000);
        assertThat(bucket.level(opens)).isCloseTo(1_000, within(1e-6));
        assertThat(bucket.opensAt(0)).isEqualTo(START);
    }

    @Test
    void moreThanTheBurstWaitsForAFullBucketAndThenHoldsWhatFollows() {
        Bucket bucket = bucket(Rate.parse("60/m burst 10"));
        bucket.draw(1, START);
        assertThat(bucket.opensAt(70)).isEqualTo(START + SECOND);

        bucket.draw(70, START + SECOND);

        assertThat(bucket.level(START + SECOND)).isEqualTo(-60);
        assertThat(bucket.opensAt(0)).isEqualTo(START + 61 * SECOND);
        assertThat(bucket.opensAt(1)).isEqualTo(START + 62 * SECOND);
    }

    @Test
    void whatIsGivenBackIsThereAgainAndNeverMoreThanTheBurst() {
        Bucket bucket = bucket(Rate.parse("60/m burst 10"));
        bucket.draw(8, START);
        bucket.giveBack(5, 0);
        assertThat(bucket.level(START)).isEqualTo(7);
        bucket.giveBack(100, 0);
        assertThat(bucket.level(START)).isEqualTo(10);
    }

    @Test
    void anotherRateKeepsWhatWasUsed() {
        Bucket bucket = bucket(Rate.parse("60/m burst 10"));
        bucket.draw(10, START);
        bucket.draw(5, START);

        bucket.change(Rate.parse("600/m burst 20"), START);
        assertThat(bucket.level(START)).isCloseTo(5, within(1e-6));

        bucket.change(Rate.parse("1/m burst 20"), START);
        assertThat(bucket.level(START)).isCloseTo(5, within(1e-6));
    }

    @Test
    void enormousAmountsHoldForEverAndBreakNothing() {
        Bucket bucket = bucket(Rate.parse("1/366d burst 10"));
        bucket.draw(1e12, START);
        bucket.draw(1e12, START);
        assertThat(bucket.opensAt(0)).isGreaterThan(START);
        assertThat(EpochNanos.instant(bucket.opensAt(1e12))).isAfter("2100-01-01T00:00:00Z");
        bucket.giveBack(1e12, 0);
        bucket.giveBack(1e12, 0);
        assertThat(bucket.opensAt(1)).isLessThanOrEqualTo(START);
    }

    @Test
    void whatIsTakenComesBackOnlyFromItsBeginOn() {
        Bucket bucket = bucket(Rate.parse("60/m burst 2"));
        bucket.take(1, START);
        assertThat(bucket.level(START + 100 * SECOND)).isEqualTo(1);
        bucket.take(1, START + 100 * SECOND);
        assertThat(bucket.opensAt(1)).isEqualTo(EpochNanos.NEVER);

        bucket.begin(1, START + 100 * SECOND);
        assertThat(bucket.opensAt(1)).isEqualTo(START + 101 * SECOND);
        bucket.release(1, false);
        assertThat(bucket.opensAt(1)).isEqualTo(START + 100 * SECOND);
        assertThat(bucket.level(START + 100 * SECOND)).isEqualTo(1);
    }

    private static Bucket bucket(Rate rate) {
        return new Bucket("requests", rate, changed -> {});
    }
}
