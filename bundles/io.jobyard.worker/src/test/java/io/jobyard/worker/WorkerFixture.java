// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.RunUse;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A pool with real threads, a clock set by hand, and a scheduler that remembers every outcome. */
final class WorkerFixture {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final HandlerTerms TERMS =
            new HandlerTerms(PayloadSchema.NONE, Set.of(), Set.of(), RunTerms.NONE, "", Set.of(), null, false);
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** The number of each run. */
    static final int RUN = 3;

    final SettableClock clock = new SettableClock(START);
    final AtomicLong nanos = new AtomicLong(1_000);
    final InMemoryStore store = new InMemoryStore(new UUID(0, 1), "here");
    final Map<String, TypeSettings> pins = new ConcurrentHashMap<>();
    final Quarantine quarantine = new Quarantine(() -> 1, new HostLosses(null), clock);
    final Handlers handlers = new Handlers(pins::get, quarantine::isAside);
    volatile List<Interceptor> interceptors = List.of();
    final List<JobId> begun = new CopyOnWriteArrayList<>();
    final List<String> used = new CopyOnWriteArrayList<>();
    final List<String> remaining = new CopyOnWriteArrayList<>();
    final List<JobId> overloaded = new CopyOnWriteArrayList<>();
    /** What calls took from limits, and when they ended. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** How many more calls the limits let through. */
    volatile int callsLeft = Integer.MAX_VALUE;

    /** What the queue does when it hears of a use. */
    volatile Runnable onUse = () -> {};

    final MigratorRegistry migrators =
            new MigratorRegistry(new Settings<>(WorkerSettings.PID, WorkerSettings::read, LastGood.none()));
    /** The lines that runs add to their histories. */
    final List<String> noted = new CopyOnWriteArrayList<>();

    /** The versions that hosts offer for jobs that begin now. */
    final List<String> offered = new CopyOnWriteArrayList<>();

    /** What the store has of the history of every job. */
    volatile List<HistoryEvent> history = List.of();

    /** Comes before each reading of a history. */
    volatile Runnable onHistory = () -> {};

    /** Whether what is told of uses alone comes to the store; else it is still on its way when the host is killed. */
    volatile boolean usesArrive = true;

    final RunUses uses = new RunUses(Stub.<UsageStore>before(UsageStore.class, store.usage())
            .on(
                    "keep",
                    arguments -> usesArrive ? store.usage().keep(told(arguments[0])) : new CompletableFuture<Void>())
            .get());
    final FakeSizeLimits limits = new FakeSizeLimits();
    /** What comes of a run of a privileged handler, before it begins. */
    volatile Consumer<Assignment> onPrivileged = run -> {};
    /** How long steps wait for their next try, which no test does. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    /** Comes before each call of what keeps steps. */
    volatile Stub.Watch onWork = (method, arguments) -> {};

    final WorkStore work = Stub.<WorkStore>before(WorkStore.class, store.work())
            .first((method, arguments) -> onWork.before(method, arguments))
            .get();
    /** Later work is done at once. */
    final WorkerTime time = new WorkerTime(clock, nanos::get, Duration.ZERO, pauses::add, (delay, work) -> work.run());

    final RunOutputs outputs =
            new RunOutputs(new RunLogs(store), uses, new RunStreams(work, () -> this.settings, time));
    private final Scheduler scheduler = new Scheduler();

    private synchronized boolean beginCall(Map<?, ?> estimate) {
        if (callsLeft == 0) {
            return false;
        }
        callsLeft--;
        calls.add("begin " + new TreeMap<>(estimate));
        return true;
    }

    final JobExecutor executor = new JobExecutor(
            handlers,
            () -> interceptors,
            new PayloadMigration(
                    migrators,
                    new NewerPayload(job -> offered.stream().map(Version::parseVersion)),
                    Stub.<JobReads>of(JobReads.class)
                            .on("history", id -> {
                                onHistory.run();
                                return history;
                            })
                            .get(),
                    scheduler,
                    limits),
            new RunServices(
                    new WorkerStores(store, store, store, store, store.usage(), work, limits),
                    scheduler,
                    Stub.<RunLimits>of(RunLimits.class)
                            .on("begun", arguments -> {
                                begun.add((JobId) arguments[0]);
                                return null;
                            })
                            .on("used", arguments -> {
                                onUse.run();
                                used.add(arguments[0] + " " + arguments[1] + " " + arguments[2]);
                                return null;
                            })
                            .on("remaining", arguments -> {
                                onUse.run();
                                remaining.add(arguments[1] + " " + arguments[2] + " until " + arguments[3]);
                                return null;
                            })
                            .on("overloaded", arguments -> {
                                overloaded.add((JobId) arguments[0]);
                                return null;
                            })
                            .on("beginCall", arguments -> beginCall((Map<?, ?>) arguments[2]))
                            .on("endCall", arguments -> {
                                calls.add("end");
                                return null;
                            })
                            .on("callsAtOnce", arguments -> Math.min(2, ((List<?>) arguments[1]).size()))
                            .on("isBudgetLow", arguments -> {
                                onUse.run();
                                return arguments[1].equals("usd");
                            })
                            .get(),
                    outputs,
                    time,
                    new AsyncThreads()));
    final Map<JobId, List<Outcome>> outcomes = new ConcurrentHashMap<>();
    volatile WorkerSettings settings = new WorkerSettings(2, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
    /** What comes of children that a run submits. */
    volatile Submission submitted = (run, wait, children) -> Optional.empty();
    /** What comes of each outcome once it is told. */
    volatile Supplier<CompletableFuture<Boolean>> answer = () -> CompletableFuture.completedFuture(true);

    final RunReporter reporter = new RunReporter(outputs, scheduler);
    volatile ExitCalls exits = ExitCalls.of(Map.of());
    /** How many runs are in a handler that stays, and how many at most were. */
    final AtomicInteger inside = new AtomicInteger();

    final AtomicInteger most = new AtomicInteger();
    /** Lets one run out of a handler that stays. */
    final Semaphore exit = new Semaphore(0);

    final WorkerPool pool;
    final RunSupervisor supervisor;
    final RunAgenda agenda = new RunAgenda(nanos::get);
    final RunWatch watch;
    final AssignmentFixture assigned = new AssignmentFixture(store.incarnation());

    /** Where no run is handed ahead. */
    WorkerFixture() {
        this(Duration.ZERO);
    }

    WorkerFixture(Duration ahead) {
        pool = new WorkerPool(
                () -> settings,
                executor::execute,
                reporter,
                new WorkerTime(clock, nanos::get, ahead, pauses::add, time.timer()),
                start -> new Run(start, handlers.thread(start), nanos::get, agenda::raise),
                () -> {});
        supervisor = new RunSupervisor(pool, () -> settings, quarantine, nanos::get, runs -> exits);
        watch = new RunWatch(pool, agenda, handlers, () -> settings, reporter, supervisor::giveUp);
    }

    @SuppressWarnings("unchecked") // what the store is asked to keep
    private static List<RunUse> told(Object uses) {
        return (List<RunUse>) uses;
    }

    /** Lets all runs out and ends the threads. */
    void end() {
        exit.release(10_000);
        supervisor.stop();
    }

    /** The bundles that the doctor tells are set aside. */
    List<String> quarantined() {
        return quarantine.examine().stream()
                .map(finding -> finding.problem().replaceFirst("bundle (.*) is quarantined: .*", "$1"))
                .toList();
    }

    /** A handler that stays until the test lets it out, or an interrupt does. */
    Map<String, Object> waitForExit(JobContext context) throws InterruptedException {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            exit.acquire();
        } finally {
            inside.decrementAndGet();
        }
        return Map.of();
    }

    /** A handler that stays until the test lets it out. */
    Map<String, Object> ignoreInterrupts(JobContext context) {
        inside.incrementAndGet();
        exit.acquireUninterruptibly();
        inside.decrementAndGet();
        return Map.of();
    }

    void awaitInside(int count) {
        await().until(() -> inside.get() == count);
    }

    /** One run of the type, which is in its handler. */
    JobId begin(String type) {
        int before = inside.get();
        JobId id = give(1, type).get(0);
        awaitInside(before + 1);
        return id;
    }

    /** The run ends with nothing but this. */
    void awaitOutcome(JobId id, Outcome expected) {
        await().until(() -> !outcomes(id).isEmpty());
        assertThat(outcomes(id)).containsExactly(expected);
    }

    /** Lets runs reach their timeout, and then the end of the grace. */
    void overdue() {
        pass(TIMEOUT);
        watch.look();
        pass(settings.cancelGrace());
        watch.look();
    }

    Handler handle(String type, JobHandler service) {
        Handler handler = new Handler(type, Version.parseVersion("1.0.0"), "test 1.0.0", 1, service, TERMS);
        handlers.add(handler);
        return handler;
    }

    Assignment assignment(String type) {
        return assignment(type, null, "{}");
    }

    Assignment assignment(String type, @Nullable String range, String payload) {
        return assigned.of(type, range, payload, 5);
    }

    /** The deadline of the jobs of all runs that follow. */
    void deadline(Instant deadline) {
        assigned.deadline = deadline;
    }

    /** Somebody's cancel of the job is stored while it has its run of that number. */
    void commitCancel(JobId id, int run) {
        commitCancel(id, run, store.incarnation());
    }

    /** The same of a run that was started by that life of a host. */
    void commitCancel(JobId id, int run, UUID incarnation) {
        pool.cancel(List.of(assigned.cancelled(id, run, incarnation).after()));
    }

    /** What a run comes to on this thread. */
    Outcome execute(Run run) {
        List<Outcome> ended = new ArrayList<>();
        executor.execute(run, ended::add);
        assertThat(ended).hasSize(1);
        return ended.get(0);
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
        Assignment run = assigned.of(type, null, "{}", level);
        pool.accept(List.of(run));
        return run.stored().id();
    }

    Run run(Assignment assignment) {
        return new Run(assignment, RunThread.WORKER, nanos::get, agenda::raise);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        clock.advance(time);
    }

    List<Outcome> outcomes(JobId id) {
        return outcomes.getOrDefault(id, List.of());
    }

    /** Takes children of a run. */
    interface Submission {
        Optional<StoredStep> submit(Assignment run, StoredStep wait, List<JobSpecification> children);
    }

    private final class Scheduler implements JobScheduler {
        @Override
        public Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> jobs) {
            return submitted.submit(run, step, jobs);
        }

        @Override
        public List<Assignment> claim(Supplier<Slots> room, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requirePrivileged(Assignment run) {
            onPrivileged.accept(run);
        }

        @Override
        public CompletableFuture<Boolean> note(Assignment run, String what) {
            noted.add(what);
            return answer.get();
        }

        @Override
        public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
            outcomes.computeIfAbsent(run.stored().id(), id -> new CopyOnWriteArrayList<>())
                    .add(outcome);
            return answer.get();
        }
    }
}
