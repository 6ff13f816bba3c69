// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.handler.JobHandler;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration that is made through Config Admin while jobs run, seen by a handler that counts. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfigurationAdminIT {

    private static final String WORKER = "io.jobyard.worker";
    private static final String QUEUE = "io.jobyard.queue";
    private static final String SCHEDULER = "io.jobyard.scheduler";
    private static final int JOBS = 1000;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    @Inject
    private JobManager jobs;

    @Inject
    private StatusReporter reporter;

    private final Map<JobId, AtomicInteger> calls = new ConcurrentHashMap<>();
    private ServiceRegistration<JobHandler> handler;
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Configuration
    public Option[] program() throws Exception {
        return Container.ofProgram();
    }

    @After
    public void leaveNothing() throws Exception {
        gate.release(JOBS);
        Container.awaitThat(() -> calls.size() == JOBS && inside.get() == 0);
        handler.unregister();
        for (String pid : List.of(WORKER, QUEUE, SCHEDULER)) {
            admin.getConfiguration(pid, "?").delete();
        }
        Container.awaitThat(() -> problems().findAny().isEmpty());
    }

    @Test
    public void losesNoJobAndRunsNoneTwice() throws Exception {
        serve();
        List<JobId> ids = submit();
        Container.awaitThat(() -> inside.get() == 4);
        set(WORKER, Map.of("worker.threads", 8));
        Container.awaitThat(() -> inside.get() == 8);
        set(QUEUE, Map.of("priority.levels", 3));
        set(SCHEDULER, Map.of("default.max.retries", "0", "default.timeout.seconds", 3600));
        set(WORKER, Map.of("worker.threads", "2"));
        Container.awaitThat(() -> {
            if (inside.get() > 2 && gate.availablePermits() == 0) { // one by one, however slow they leave
                gate.release();
            }
            return inside.get() == 2 && gate.availablePermits() == 0;
        });
        most.set(0);
        gate.release(100);
        Container.awaitThat(() -> gate.availablePermits() == 0 && inside.get() == 2);
        assertThat(most.get()).isLessThanOrEqualTo(2);
        set(QUEUE, Map.of("priority.levels", 10));
        set(WORKER, Map.of("worker.threads", 4));
        Container.awaitThat(() -> inside.get() == 4);
        gate.release(JOBS);
        for (JobId id : ids) {
            assertThat(jobs.await(id, Duration.ofSeconds(60)).status()).isEqualTo(JobStatus.COMPLETED);
        }
        assertThat(calls).containsOnlyKeys(ids);
        assertThat(calls.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    public void keepsTheOldValuesWhenTheNewOnesAreBad() throws Exception {
        set(WORKER, Map.of("worker.threads", 3));
        serve();
        submit();
        Container.awaitThat(() -> inside.get() == 3);
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("worker.threads", 64),
                Map.of("worker.threads", -1),
                Map.of("worker.threads", "abc"),
                Map.of("worker.treads", 4))) {
            String told = " " + bad.keySet().iterator().next();
            set(WORKER, bad);
            Container.awaitThat(() -> problems().anyMatch(problem -> problem.contains(told)));
            assertThat(problems()).hasSize(1);
            gate.release(10);
            Container.awaitThat(() -> gate.availablePermits() == 0 && inside.get() == 3);
        }
        assertThat(most).hasValue(3);
    }

    private Stream<String> problems() {
        return reporter.doctor().stream().map(Finding::problem);
    }

    private void serve() {
        JobHandler counting = job -> {
            calls.computeIfAbsent(job.job().id(), id -> new AtomicInteger()).incrementAndGet();
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                gate.acquire();
                return Map.of();
            } finally {
                inside.decrementAndGet();
            }
        };
        handler = context.registerService(JobHandler.class, counting, new Hashtable<>(Map.of("job.type", "counted")));
    }

    private List<JobId> submit() {
        return jobs
                .submitAll(IntStream.range(0, JOBS)
                        .mapToObj(number -> JobSpecification.type("counted")
                                .payload(Map.of())
                                .priority(1 + number % 10)
                                .timeout(Duration.ofHours(1))
                                .build())
                        .toList())
                .stream()
                .map(Submission::id)
                .toList();
    }

    private void set(String pid, Map<String, Object> values) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(values);
        admin.getConfiguration(pid, "?").update(properties);
    }

    /** As Awaitility, which is no bundle. */
}
