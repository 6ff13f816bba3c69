// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.LogLine;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Bookkeeping;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.InMemoryJobRepository;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A pool with real threads, a clock set by hand, and a sink that remembers every outcome. */
final class WorkerFixture {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** The number of each run. */
    static final int RUN = 3;

    final SettableClock clock = new SettableClock(START);
    final AtomicLong nanos = new AtomicLong(1_000);
    final InMemoryJobRepository store = new InMemoryJobRepository(new UUID(0, 1), "here");
    final Map<String, TypePin> pins = new ConcurrentHashMap<>();
    final Handlers handlers = new Handlers(pins::get, bundle -> this.heldBundles.contains(bundle));
    volatile List<Interceptor> interceptors = List.of();
    final List<JobId> begun = new CopyOnWriteArrayList<>();
    final List<String> used = new CopyOnWriteArrayList<>();
    final JobExecutor executor = new JobExecutor(
            handlers,
            () -> interceptors,
            store,
            Stub.<QueueManager>of(QueueManager.class)
                    .on("begun", arguments -> {
                        begun.add((JobId) arguments[0]);
                        return null;
                    })
                    .on("used", arguments -> {
                        used.add(arguments[0] + " " + arguments[1] + " " + arguments[2]);
                        return null;
                    })
                    .get(),
            new FakeSizeLimits(),
            clock);
    final Map<JobId, List<Outcome>> outcomes = new ConcurrentHashMap<>();
    volatile WorkerSettings settings = new WorkerSettings(2, 0, 1, 0);
    volatile BiFunction<Run, Outcome, CompletableFuture<Boolean>> sink =
            (run, outcome) -> CompletableFuture.completedFuture(true);
    final Map<JobId, List<LogLine>> logs = new ConcurrentHashMap<>();
    volatile Set<String> heldBundles = Set.of();
    final Outcomes.Sink recorder = new Recorder();
    final Harm harm = new Told();
    final Set<String> endedBy = ConcurrentHashMap.newKeySet();
    volatile ExitCalls exits = ExitCalls.of(Map.of());
    final WorkerPool pool;
    private final Map<JobId, StoredJob> assigned = new ConcurrentHashMap<>();
    private long made;

    /** Where no run is handed ahead. */
    WorkerFixture() {
        this(Duration.ZERO);
    }

    WorkerFixture(Duration ahead) {
        pool = new WorkerPool(
                () -> settings, executor::execute, recorder, harm, new Prefetch(ahead), nanos::get, () -> exits);
    }

    Handler handle(String type, JobHandler service) {
        Handler handler = new Handler(
                type, Version.parseVersion("1.0.0"), "test 1.0.0", 1, service, PayloadSchema.NONE, Set.of());
        handlers.add(handler);
        return handler;
    }

    Assignment assignment(String type) {
        return assignment(type, null, "{}");
    }

    Assignment assignment(String type, @Nullable String range, String payload) {
        return assignment(type, range, payload, 5);
    }

    private Assignment assignment(String type, @Nullable String range, String payload, int level) {
        JobTerms terms = new JobTerms(
                type,
                null,
                level,
                TIMEOUT,
                0,
                DependencyPolicy.FAIL,
                null,
                null,
                null,
                Map.of(),
                range,
                List.of(),
                Map.of());
        StoredJob job = running(new JobId(new UUID(1, ++made)), terms, RUN, false, store.incarnation());
        assigned.put(job.id(), job);
        return new Assignment(job, payload, new HandlerName("1.0.0", "test 1.0.0"));
    }

    private static StoredJob running(JobId id, JobTerms terms, int run, boolean cancelRequested, UUID incarnation) {
        JobState state = new JobState(JobStatus.RUNNING, null, run, 2, START, null, null, null, "here", null);
        Bookkeeping books = new Bookkeeping(2, 0, 0, cancelRequested, incarnation, START, null);
        return new StoredJob(new Job(id, "alice", START, terms, state), books);
    }

    /** Somebody's cancel of the job is stored while it has its run of that number. */
    void commitCancel(JobId id, int run) {
        commitCancel(id, run, store.incarnation());
    }

    /** The same of a run that was started by that life of a host. */
    void commitCancel(JobId id, int run, UUID incarnation) {
        StoredJob before = assigned.get(id);
        StoredJob after = running(id, before.job().terms(), run, true, incarnation);
        pool.committed(List.of(new Committed(before, after, false, null)));
    }

    /** Hands runs of the type to the pool. */
    List<JobId> give(int count, String type) {
        List<Assignment> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(assignment(type));
        }
        pool.accept(all);
        return all.stream().map(run -> run.stored().id()).toList();
    }

    /** The same of one level. */
    JobId give(String type, int level) {
        Assignment run = assignment(type, null, "{}", level);
        pool.accept(List.of(run));
        return run.stored().id();
    }

    Run run(Assignment assignment) {
        return new Run(assignment, nanos::get);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        clock.advance(time);
    }

    List<Outcome> outcomes(JobId id) {
        return outcomes.getOrDefault(id, List.of());
    }

    private final class Told implements Harm {
        @Override
        public void stuck(Set<String> bundles) {
            heldBundles = bundles;
        }

        @Override
        public void ended(Set<String> bundles) {
            endedBy.addAll(bundles);
        }
    }

    private final class Recorder implements Outcomes.Sink {
        @Override
        public CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
            outcomes.computeIfAbsent(run.id(), id -> new CopyOnWriteArrayList<>())
                    .add(outcome);
            return sink.apply(run, outcome);
        }

        @Override
        public void log(Run run) {
            logs.computeIfAbsent(run.id(), id -> new CopyOnWriteArrayList<>()).addAll(run.takeLog());
        }
    }
}
