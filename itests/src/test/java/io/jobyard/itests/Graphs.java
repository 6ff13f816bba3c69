// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Jobs of one call that depend on each other: chains, one that many wait for, one that waits for many. */
final class Graphs {

    private static final String ECHO = "\"type\":\"echo\",\"payload\":{}";
    private static final int FEW = 12;
    /** More than a commit releases beside an end. */
    private static final int MANY = 200;

    private final Random random;
    private final Supplier<String> noted;

    /** Whose noted jobs have those payloads. */
    Graphs(Random random, Supplier<String> noted) {
        this.random = random;
        this.noted = () -> "\"type\":\"noted\",\"payload\":" + noted.get();
    }

    /** The lines of the next call. */
    List<String> next() {
        int size = random.nextInt(8) == 0 ? MANY : random.nextInt(2, FEW);
        return switch (random.nextInt(3)) {
            case 0 -> lines(random.nextInt(2, FEW), Graphs::chain);
            case 1 -> lines(size, n -> n == 0 ? "" : "\"0\"");
            default -> lines(size, n -> n < size - 1 ? "" : names(size - 1));
        };
    }

    /** Jobs of many kinds that do not depend on each other. */
    List<String> mix() {
        return lines(FEW, n -> "", this::any);
    }

    /** Jobs of which one call is more than may start at once, or in one period. */
    List<String> paced(String payload) {
        String job = "\"type\":\"noted\",\"payload\":" + payload + ",\"queue\":\"" + Checker.PACED
                + "\",\"estimate\":{\"tokens\":" + Checker.PACED_TOKENS + "}";
        return lines(FEW, n -> "", () -> job);
    }

    private String any() {
        String job = switch (random.nextInt(6)) {
            case 0 -> "\"type\":\"flaky\",\"payload\":{\"failures\":1}";
            case 1 -> "\"type\":\"sleep\",\"payload\":{\"millis\":" + random.nextInt(10, 300) + "}";
            case 2 -> noted.get() + ",\"queue\":\"" + Checker.NARROW + "\"";
            case 3 -> "\"type\":\"echo\",\"payload\":{},\"limits\":[\"metered\"],\"estimate\":{\"tokens\":2}";
            case 4 -> noted.get();
            default -> ECHO;
        };
        return job + ",\"priority\":" + random.nextInt(1, 11);
    }

    private static String chain(int n) {
        return n == 0 ? "" : "\"" + (n - 1) + "\"";
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(","));
    }

    private interface Dependencies {
        String of(int n);
    }

    private List<String> lines(int size, Dependencies dependencies) {
        return lines(size, dependencies, () -> size <= FEW && random.nextBoolean() ? noted.get() : ECHO);
    }

    private List<String> lines(int size, Dependencies dependencies, Supplier<String> jobs) {
        String label = Long.toHexString(random.nextLong()) + " of " + size;
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            lines.add("{\"name\":\"" + n + "\"," + jobs.get() + ",\"dependencies\":[" + dependencies.of(n)
                    + "],\"labels\":{\"call\":\"" + label + "\"}}");
        }
        return lines;
    }
}
