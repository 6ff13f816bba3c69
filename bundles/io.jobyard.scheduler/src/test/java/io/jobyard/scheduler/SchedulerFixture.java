// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.testkit.AllStores;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** The scheduler's parts over a store in memory, and short words to use them. */
final class SchedulerFixture {

    /** May throw instead of the store, before it is asked. */
    interface Fault {
        void before(String method, Object[] arguments) throws Throwable;
    }

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final UUID INCARNATION = new UUID(0, 1);

    final SettableClock clock;
    /** What the wall clock does not move. */
    final AtomicLong ticker = new AtomicLong();

    final InMemoryStore memory;
    volatile Fault fault = (method, arguments) -> {};
    final AllStores store;
    final FakeQueueManager queue;

    /** What is to be done later, and how much later. */
    final Deque<Runnable> late = new ArrayDeque<>();

    final List<Duration> delays = new ArrayList<>();

    SchedulerSettings settings = new SchedulerSettings(
            60, 3, 100, 5, 1, 600, 86_400, new SchedulerSettings.SubmissionSizes(4_096, 4_096, 10_000, 16_384));
    final FakeHandlerCatalog handlers = new FakeHandlerCatalog("work");
    final FakeBundleQuarantine quarantine = new FakeBundleQuarantine();
    final SettableAccess access = new SettableAccess();
    /** The runs whose cancel is stored: id and run, such as {@code 00000000-0000-0000-0000-000000000001:2}. */
    final List<String> cancelsTold = new CopyOnWriteArrayList<>();

    final SchedulerEngine engine;
    final JobManager manager;

    SchedulerFixture() {
        this(new SettableClock(START), new InMemoryStore(INCARNATION, "here"));
        engine.chores().recover(); // finds nothing, and lets runs be claimed
    }

    private SchedulerFixture(SettableClock clock, InMemoryStore memory) {
        this.clock = clock;
        this.memory = memory;
        store = Stub.<AllStores>before(AllStores.class, memory)
                .first((method, arguments) -> fault.before(method, arguments))
                .get();
        queue = new FakeQueueManager(store);
        engine = engine(store, clock);
        manager = of(Caller.administrator("alice"));
        memory.listen(queue);
        memory.listen(engine);
        memory.listen(FakeCommitListener.ofCommits(this::cancelsCommitted));
    }

    private void cancelsCommitted(List<Committed> changes) {
        changes.stream()
                .map(Committed::after)
                .filter(job -> job.cancelRequested() && job.status() == JobStatus.RUNNING)
                .forEach(job -> cancelsTold.add(job.id() + ":" + job.run()));
    }

    /** Another one beside it. */
    SchedulerEngine engine(AllStores repository, Clock at) {
        return new SchedulerEngine(
                new SchedulerEngine.Stores(
                        repository, memory.work(), repository, repository, repository, repository, memory.bulks()),
                queue,
                handlers,
                quarantine,
                access,
                () -> settings,
                new SchedulerEngine.Environment(
                        at, ticker::get, new LongestDelay(), delay -> delay.isZero() ? Runnable::run : late(delay)));
    }

    RetentionStores retained(AuditTrail audit) {
        FeedStore feed = Stub.<FeedStore>of(FeedStore.class).get();
        RequestStore requests = Stub.<RequestStore>of(RequestStore.class).get();
        return new RetentionStores(store, store, feed, memory.usage(), requests, memory, audit);
    }

    JobManager of(Caller caller) {
        return engine.of(caller);
    }

    /** Time goes by. */
    void pass(Duration time) {
        clock.advance(time);
        ticker.addAndGet(time.toNanos());
    }

    /** The host ends without a word and starts again; its chores are to be done before it claims. */
    SchedulerFixture restart() {
        UUID next = new UUID(0, memory.incarnation().getLeastSignificantBits() + 1);
        return new SchedulerFixture(clock, memory.restart(next, "there"));
    }

    static JobSpecificationBuilder spec() {
        return JobSpecification.type("work").payload(Map.of());
    }

    JobId submit(JobSpecificationBuilder specification) {
        return manager.submit(specification.build()).id();
    }

    JobId submit() {
        return submit(spec());
    }

    List<Assignment> claim(int max) {
        try {
            return engine.claim(() -> new Slots(max, 0), Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts the next job, which must be this one. */
    Assignment claim(JobId expected) {
        List<Assignment> claimed = claim(1);
        if (claimed.isEmpty() || !claimed.get(0).stored().id().equals(expected)) {
            throw new AssertionError(expected + " is not next but " + claimed);
        }
        return claimed.get(0);
    }

    boolean finish(Assignment run, Outcome outcome) {
        return engine.finish(run, clock.instant(), outcome).join();
    }

    /** Starts whatever is next and completes it. */
    void complete(JobId id) {
        finish(claim(id), new Outcome.Completed("{}"));
    }

    void fail(JobId id) {
        finish(claim(id), new Outcome.Failed("broken", true, null));
    }

    private Executor late(Duration delay) {
        return task -> {
            delays.add(delay);
            late.add(task);
        };
    }

    /** Does all chores until nothing is left. */
    void tidy() {
        while (engine.chores().recover()
                | engine.chores().release()
                | engine.chores().due()
                | engine.chores().failUnknownTypes()) {
            // again
        }
    }

    Job job(JobId id) {
        return manager.job(id);
    }

    StoredJob stored(JobId id) {
        return memory.job(id).orElseThrow();
    }

    JobStatus status(JobId id) {
        return job(id).status();
    }

    HistoryEvent last(JobId id) {
        List<HistoryEvent> history = memory.history(id);
        return history.get(history.size() - 1);
    }
}
