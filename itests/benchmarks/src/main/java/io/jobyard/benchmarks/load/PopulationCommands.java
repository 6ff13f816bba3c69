// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.benchmarks.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands that fill a host with jobs of many kinds, as an administrator finds them after some weeks. */
@Component(
        service = PopulationCommands.class,
        property = {"osgi.command.scope=bench", "osgi.command.function=populate", "osgi.command.function=workAtOnce"})
public final class PopulationCommands {

    static final int TYPES = 50;
    static final int USERS = 1_000;
    static final int QUEUES = 10;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 8;
    private static final int BATCH = 20;
    private static final int BYTES = 200;
    /** So many jobs wait at most while others are worked off. */
    private static final int AHEAD = 20_000;
    /** So many batches a thread submits before it looks at how many wait. */
    private static final int BATCHES = 25;

    private final BundleContext context;
    private final JobManager jobs;
    private final ScheduleManager schedules;
    private final StatusReporter status;
    private final AtomicInteger run = new AtomicInteger();

    @Activate
    public PopulationCommands(
            BundleContext context,
            @Reference JobManager jobs,
            @Reference ScheduleManager schedules,
            @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.schedules = schedules;
        this.status = status;
    }

    /** Submits jobs of many types, queues and users with up to so many labels, and leaves them queued. */
    public String populate(int count, int labels, long seed) throws Exception {
        return JSON.writeValueAsString(Measured.of(count, () -> submitAll(count, labels, seed, Integer.MAX_VALUE)));
    }

    /** The same, and workers have them meanwhile, until all have ended; one in a hundred fails, and a schedule makes some too. */
    public String workAtOnce(int count, int labels, long seed) throws Exception {
        schedules.add(ScheduleSpecification.named("nightly", specification(new Random(seed), 0))
                .every(Duration.ofSeconds(1))
                .overlap(OverlapPolicy.ALLOW)
                .build());
        JobHandler handler = job -> {
            int number = run.incrementAndGet();
            if (number % 100 == 0) {
                throw new IllegalStateException("boom " + number % 7_000);
            }
            return Map.of();
        };
        List<ServiceRegistration<JobHandler>> there = new ArrayList<>();
        for (int n = 0; n < TYPES; n++) {
            Dictionary<String, Object> properties = new Hashtable<>(Map.of(HandlesJob.TYPE, "type" + n));
            there.add(context.registerService(JobHandler.class, handler, properties));
        }
        try {
            return JSON.writeValueAsString(Measured.of(count, () -> {
                submitAll(count, labels, seed, AHEAD);
                schedules.pause("nightly", null, null);
                awaitQueued(0);
            }));
        } finally {
            there.forEach(ServiceRegistration::unregister);
        }
    }

    /** Waits now and then until no more than so many are queued. */
    private void submitAll(int count, int labels, long seed, int ahead) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        AtomicInteger left = new AtomicInteger(count);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int n = 0; n < THREADS; n++) {
                Random random = new Random(seed + n);
                tasks.add(() -> submit(left, random, labels, ahead));
            }
            for (Future<Void> end : pool.invokeAll(tasks)) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void awaitQueued(int most) throws InterruptedException {
        while (queued() > most) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Void submit(AtomicInteger left, Random random, int labels, int ahead) throws InterruptedException {
        for (int number = 0; left.getAndAdd(-BATCH) > 0; number++) {
            if (number % BATCHES == 0 && ahead < Integer.MAX_VALUE) {
                awaitQueued(ahead);
            }
            List<JobSpecification> batch = new ArrayList<>();
            for (int n = 0; n < BATCH; n++) {
                batch.add(specification(random, labels));
            }
            jobs.as("user" + skewed(random, USERS)).submitAll(batch);
        }
        return null;
    }

    private static JobSpecification specification(Random random, int most) {
        JobSpecificationBuilder job = Payloads.job("type" + skewed(random, TYPES), BYTES)
                .queue("queue" + skewed(random, QUEUES))
                .maxRetries(0);
        int count = most == 0 ? 0 : random.nextInt(most + 1);
        for (int label = 0; label < count; label++) {
            int values = label == 0 ? 1_000_000 : label % 4 == 1 ? 1_000 : 10;
            job.label("label" + label, "v" + random.nextInt(values));
        }
        return job.build();
    }

    /** Some are much more frequent than others. */
    private static int skewed(Random random, int values) {
        return (int) (values * Math.pow(random.nextDouble(), 3));
    }

    private long queued() {
        return status.statistics().byStatus().getOrDefault(JobStatus.QUEUED, 0L);
    }
}
