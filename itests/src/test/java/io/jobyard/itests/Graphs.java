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

    private static final int FEW = 12;
    /** More than a commit releases beside an end. */
    private static final int MANY = 200;

    private final Random random;
    private final Supplier<String> noted;

    Graphs(Random random, Supplier<String> noted) {
        this.random = random;
        this.noted = noted;
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
        String label = Long.toHexString(random.nextLong()) + " of " + size;
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            boolean notes = size <= FEW && random.nextBoolean();
            lines.add("{\"name\":\"" + n + "\",\"type\":\"" + (notes ? "noted" : "echo") + "\",\"payload\":"
                    + (notes ? noted.get() : "{}") + ",\"dependencies\":[" + dependencies.of(n)
                    + "],\"labels\":{\"call\":\"" + label + "\"}}");
        }
        return lines;
    }
}
