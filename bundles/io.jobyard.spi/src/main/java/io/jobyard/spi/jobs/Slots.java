// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Number of slots of each kind.
 *
 * @param threads slots of kind {@link SlotKind#THREAD}
 * @param async slots of kind {@link SlotKind#ASYNC}
 */
public record Slots(int threads, int async) {

    /** Maximum number of asynchronous jobs that a host runs at once. */
    public static final int MOST_ASYNC = 20_000;

    /** No slot. */
    public static final Slots NONE = new Slots(0, 0);

    /** Returns one slot of a kind. */
    public static Slots one(SlotKind kind) {
        return kind == SlotKind.THREAD ? new Slots(1, 0) : new Slots(0, 1);
    }

    /** Returns the slots that these runs occupy. */
    public static <T> Slots of(Stream<T> runs, Function<T, SlotKind> kind) {
        return runs.map(run -> one(kind.apply(run))).reduce(NONE, Slots::plus);
    }

    /** Returns the number of slots of a kind. */
    public int of(SlotKind kind) {
        return kind == SlotKind.THREAD ? threads : async;
    }

    /** Returns the sum with other slots. */
    public Slots plus(Slots others) {
        return new Slots(threads + others.threads, async + others.async);
    }

    /** Returns the difference from other slots; it may be negative. */
    public Slots minus(Slots others) {
        return new Slots(threads - others.threads, async - others.async);
    }

    /** Returns these slots, at most a number of each kind. */
    public Slots atMost(int ofEach) {
        return new Slots(Math.min(threads, ofEach), Math.min(async, ofEach));
    }

    /** Returns the total of the kinds, where a negative number counts as none. */
    public int total() {
        return Math.max(0, threads) + Math.max(0, async);
    }
}
