// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Threads that submit jobs, one call after the other, until all are submitted. */
final class Submitters {

    private final JobManager jobs;
    private final int threads;
    private final int batch;
    private final Supplier<JobSpecification> each;
    private final AtomicInteger left;

    Submitters(JobManager jobs, int count, int threads, int batch, Supplier<JobSpecification> each) {
        this.jobs = jobs;
        this.threads = threads;
        this.batch = batch;
        this.each = each;
        left = new AtomicInteger(count);
    }

    /** Returns once the last submit has. */
    void run() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(this::submit);
            }
            for (Future<Void> end : pool.invokeAll(tasks)) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Void submit() {
        for (int size = take(); size > 0; size = take()) {
            if (size == 1) {
                jobs.submit(each.get());
            } else {
                jobs.submitAll(specifications(size));
            }
        }
        return null;
    }

    private int take() {
        return Math.min(batch, left.getAndAdd(-batch));
    }

    private List<JobSpecification> specifications(int size) {
        List<JobSpecification> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(each.get());
        }
        return all;
    }
}
