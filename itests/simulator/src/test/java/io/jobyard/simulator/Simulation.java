// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import java.util.Optional;

/** One seed from its beginning to its end. */
final class Simulation {

    /**
     * What a seed came to.
     *
     * @param sum of all that happened: the same seed has the same one
     * @param steps how many there were
     * @param jobs how many were admitted
     */
    record Summary(long sum, int steps, int jobs) {}

    private Simulation() {}

    static Summary run(long seed, SeededFault fault) {
        World world = new World(seed, fault, false);
        world.run();
        return new Summary(world.trace.sum(), world.steps, world.life.fates().size());
    }

    /** Goes the way once more and writes it down; empty if nothing is wrong. */
    static Optional<String> explain(long seed, SeededFault fault) {
        World world = new World(seed, fault, true);
        try {
            world.run();
            return Optional.empty();
        } catch (RuntimeException | Error thrown) {
            Violation violation = thrown instanceof Violation found ? found : null;
            StringBuilder text = new StringBuilder("seed " + seed + ": ");
            text.append(violation == null ? "" : violation.job() + " ").append(thrown.getMessage());
            String named = world.trace.named(text.toString());
            return Optional.of(named + "\nagain: " + command(seed) + "\n"
                    + String.join("\n", world.trace.about(violation == null ? null : violation.job())) + "\n"
                    + thrown.getClass().getSimpleName() + at(thrown));
        }
    }

    private static String at(Throwable fault) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement element : fault.getStackTrace()) {
            text.append(element.getClassName().startsWith("io.jobyard") ? "\n    at " + element : "");
        }
        return text.toString();
    }

    private static String command(long seed) {
        return "mvn -pl itests/simulator -am test -Dtest=SimulatorTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
                + seed + " -Dseeds=1";
    }
}
