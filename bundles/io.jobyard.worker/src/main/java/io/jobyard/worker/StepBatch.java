// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.steps.StoredStep;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps that run in parallel, and their values as far as they are known. */
final class StepBatch<T> {

    private static final int MOST_AT_ONCE = 64;

    /**
     * One of the steps.
     *
     * @param estimate use of limits by its work; null for none
     */
    record BatchedStep(
            StepPositions.StepPosition position,
            Type type,
            @Nullable Callable<Map<String, Double>> estimate) {}

    private final List<BatchedStep> members;
    private final int parallelism;
    private final @Nullable Object[] values;
    private final boolean[] done;

    /**
     * Creates a batch with the values that an earlier run has stored.
     *
     * @param parallelism maximum number of simultaneous steps, as of {@link #requireParallelism}
     */
    StepBatch(List<BatchedStep> members, int parallelism, StepValues reader) {
        this.members = members;
        this.parallelism = parallelism;
        values = new Object[members.size()];
        done = new boolean[members.size()];
        for (int at = 0; at < values.length; at++) {
            StoredStep stored = members.get(at).position().stored();
            if (stored != null) {
                done(at, reader.<T>read(stored, members.get(at).type()));
            }
        }
    }

    static void requireParallelism(String call, int parallelism) {
        if (parallelism < 1 || parallelism > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    call + "(…, " + parallelism + ") is out of range: use a parallelism of 1 to " + MOST_AT_ONCE);
        }
    }

    int parallelism() {
        return parallelism;
    }

    StepPositions.StepPosition position(int at) {
        return members.get(at).position();
    }

    /** Records the value of a step; null for a step without a result. */
    synchronized void done(int at, @Nullable T value) {
        values[at] = value;
        done[at] = true;
    }

    /** Returns the numbers of the steps without a value, in order. */
    synchronized List<Integer> open() {
        return IntStream.range(0, done.length).filter(at -> !done[at]).boxed().toList();
    }

    /** Returns the steps that could run next, if the limits allowed it. */
    List<BatchedStep> next() {
        return open().stream().limit(parallelism).map(members::get).toList();
    }

    /** Returns the values in the order of the steps. */
    @SuppressWarnings("unchecked") // each was read with the class of its step
    synchronized List<T> values() {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(values.clone()));
    }
}
