// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets threads begin at the same moment. */
final class Race {

    private Race() {}

    /** Runs the task on several threads, each with a number. Returns their answers in the order of the numbers. */
    static <T> List<T> run(int threads, IntFunction<T> task) throws Exception {
        CyclicBarrier line = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                int number = n;
                Callable<T> racer = () -> {
                    line.await();
                    return task.apply(number);
                };
                running.add(executor.submit(racer));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }
}
