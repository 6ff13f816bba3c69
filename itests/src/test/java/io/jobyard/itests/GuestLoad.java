// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps more jobs for a handler that comes and goes than the workers can do at once, and checks each one's end. */
final class GuestLoad implements Runnable {

    private static final int AHEAD = 24;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final JobManager jobs;
    private final StatusReporter reporter;
    private final Deque<JobId> open = new ArrayDeque<>();
    private final Thread thread = new Thread(this, "guest-load");
    private final Semaphore done = new Semaphore(0);
    private volatile boolean over;
    private volatile Throwable fault;
    private int made;
    private int drained;

    GuestLoad(JobManager jobs, StatusReporter reporter) {
        this.jobs = jobs;
        this.reporter = reporter;
    }

    void start() {
        thread.start();
    }

    /** Waits until so many more have ended that every thread has had some. */
    void awaitMore() throws InterruptedException {
        done.drainPermits();
        assertThat(done.tryAcquire(20, TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .as("jobs end, " + fault)
                .isTrue();
    }

    /** Ends once every job has; how many there were. */
    int end() throws InterruptedException {
        over = true;
        thread.join();
        assertThat(fault).isNull();
        return made;
    }

    /** How many runs were drained away. */
    int drained() {
        return drained;
    }

    @Override
    public void run() {
        try {
            while (!over || !open.isEmpty()) {
                while (!over && open.size() < AHEAD) {
                    submit();
                }
                check(jobs.await(open.remove(), TIMEOUT));
            }
        } catch (Throwable e) { // told by whoever ends the load
            fault = e;
        }
    }

    /** Every eighth fails once; every fortieth takes longer than it gets when its handler leaves. */
    private void submit() {
        made++;
        Map<String, Object> payload =
                Map.of("millis", made % 40 == 0 ? 3_000 : made % 30, "failures", made % 8 == 0 ? 1 : 0);
        open.add(jobs.submit(JobSpecification.type("guest").payload(payload).build())
                .id());
    }

    private void check(Job job) {
        boolean failedOnce = reporter.history(job.id()).stream()
                .anyMatch(event -> event.why().contains("as it was told"));
        assertThat(job.status()).as(job + ": " + reporter.history(job.id())).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.state().run().attempt())
                .as(job + ": " + reporter.history(job.id()))
                .isEqualTo(failedOnce ? 2 : 1);
        done.release();
        drained += job.state().run().number() - job.state().run().attempt();
    }
}
