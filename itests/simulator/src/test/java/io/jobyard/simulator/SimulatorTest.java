// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeds, each a world of its own: {@code -Dseeds=100000} for more of them, {@code -Dseed=4711} to begin there. Without
 * a seed they begin somewhere else each time, and the log says where.
 */
class SimulatorTest {

    private static final int IN_VERIFY = 500;
    /** A fault is looked for from a seed on that is known to find it, or to be near one. */
    private static final int NEAR = 300;

    @Test
    void noSeedLeadsToAViolation() {
        long first = Long.getLong("seed", System.nanoTime() & 0xFFFF_FFFFL);
        int count = Integer.getInteger("seeds", IN_VERIFY);
        long start = System.nanoTime();
        AtomicInteger jobs = new AtomicInteger();
        Optional<String> failure = LongStream.range(first, first + count)
                .parallel()
                .filter(seed -> !holds(seed, SeededFault.NONE, jobs))
                .boxed()
                .findAny()
                .flatMap(seed -> Simulation.explain(seed, SeededFault.NONE));
        failure.ifPresent(text -> fail(text));
        System.out.printf(
                "simulator: %d seeds from %d, %d jobs, no violation, %.1f s%n",
                count, first, jobs.get(), (System.nanoTime() - start) / 1e9);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whatTheStoreMustNotDoIsFound(SeededFault fault) {
        OptionalLong found = LongStream.range(fault.seed, fault.seed + NEAR)
                .filter(seed -> !holds(seed, fault, new AtomicInteger()))
                .findFirst();
        assertThat(found).as("a seed that finds %s", fault).isPresent();
        assertThat(Simulation.explain(found.getAsLong(), SeededFault.NONE))
                .as("that seed without %s", fault)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sameSeedGoesTheSameWay(long seed) {
        assertThat(Simulation.run(seed, SeededFault.NONE)).isEqualTo(Simulation.run(seed, SeededFault.NONE));
    }

    private static boolean holds(long seed, SeededFault fault, AtomicInteger jobs) {
        try {
            jobs.addAndGet(Simulation.run(seed, fault).jobs());
            return true;
        } catch (RuntimeException | Error violation) {
            System.out.println("simulator: seed " + seed + " finds, with the fault " + fault + ": "
                    + violation.getMessage().lines().findFirst().orElse(""));
            return false;
        }
    }
}
