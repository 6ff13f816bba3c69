// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeds, each a world of its own: {@code -Dseeds=100000} for more of them, {@code -Dseed=4711} to begin there. Without
 * a seed they begin somewhere else each time, and the log says where.
 */
class SimulatorTest {

    private static final int IN_VERIFY = 2_000;

    @Test
    void noSeedLeadsToAViolation() {
        long first = Long.getLong("seed", System.nanoTime() & 0xFFFF_FFFFL);
        int count = Integer.getInteger("seeds", IN_VERIFY);
        long start = System.nanoTime();
        AtomicInteger jobs = new AtomicInteger();
        Optional<String> failure = LongStream.range(first, first + count)
                .parallel()
                .filter(seed -> !holds(seed, jobs))
                .boxed()
                .findAny()
                .flatMap(Simulation::explain);
        failure.ifPresent(text -> fail(text));
        System.out.printf(
                "simulator: %d seeds from %d, %d jobs, no violation, %.1f s%n",
                count, first, jobs.get(), (System.nanoTime() - start) / 1e9);
    }

    /** Each of these once led to a fault of the product. */
    @ParameterizedTest
    @ValueSource(longs = {1259, 2886, 103_549})
    void noSeedThatOnceDidLeadsToAViolation(long seed) {
        assertThat(Simulation.explain(seed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sameSeedGoesTheSameWay(long seed) {
        assertThat(Simulation.run(seed)).isEqualTo(Simulation.run(seed));
    }

    private static boolean holds(long seed, AtomicInteger jobs) {
        try {
            jobs.addAndGet(Simulation.run(seed).jobs());
            return true;
        } catch (RuntimeException | Error fault) {
            System.out.println("simulator: seed " + seed + " fails: " + fault.getMessage());
            return false;
        }
    }
}
