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

/** Threads that submit jobs, one call after the other, until all are submitted. */
final class Submitters {

    private final JobManager jobs;
    private final int threads;
    private final int batch;
    private final int bytes;
    private final AtomicInteger left;

    Submitters(JobManager jobs, int count, int threads, int batch, int bytes) {
        this.jobs = jobs;
        this.threads = threads;
        this.batch = batch;
        this.bytes = bytes;
        left = new AtomicInteger(count);
    }

    /** Returns once the last submit has. */
    void run() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> each = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                each.add(this::submit);
            }
            for (Future<Void> end : pool.invokeAll(each)) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Void submit() {
        for (int size = take(); size > 0; size = take()) {
            if (size == 1) {
                jobs.submit(Payloads.job(bytes).build());
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
            all.add(Payloads.job(bytes).build());
        }
        return all;
    }
}
