// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Fire;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Schedules on a store in memory, with a clock that is moved by hand; each test says when they turn. */
final class EngineFixture {

    static final Caller ANN = Caller.user("ann");
    static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    final SettableClock clock = new SettableClock(T0);
    final SettableAccess access = new SettableAccess();
    final Map<String, ScheduleSettings> files = new HashMap<>();
    final Map<String, CalendarRules> calendars = new HashMap<>();
    final List<ScheduleEvent> events = new ArrayList<>();
    final FakeQueueManager queue = new FakeQueueManager();
    InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "test:1", T0);
    ScheduleEngine engine;
    ScheduleOperations operations;
    ScheduleServices services;
    JobManager jobs;
    /** So many jobs may still be committed: beside them, other hosts have let in all that there may be. */
    int room = Integer.MAX_VALUE;
    /** How often the store was asked for the latest jobs of a schedule. */
    int looks;
    /** How often jobs were to be committed. */
    int tries;

    EngineFixture() {
        begin();
    }

    private void begin() {
        Settings<SchedulerSettings> settings =
                new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
        SchedulerEngine scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(store, store.work(), store, store, store, store, store.bulks()),
                queue,
                new FakeHandlerCatalog(),
                new FakeBundleQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(clock, System::nanoTime, new LongestDelay(), pause -> Runnable::run));
        jobs = scheduler.of(Caller.administrator("test"));
        services = new ScheduleServices(new Watched(store.schedules()), store, scheduler.fires(), scheduler, clock);
        ScheduleEvents told = new ScheduleEvents();
        told.bind(events::add);
        engine = new ScheduleEngine(services, told, this::configured, () -> {});
        operations = of(ANN);
        store.listen(new Listener());
        engine.turn();
    }

    Configured configured() {
        return new Configured(files, calendars);
    }

    ScheduleOperations of(Caller caller) {
        return new ScheduleOperations(services, access, this::configured, caller);
    }

    /** Tells what it is asked, and refuses what a quota does not allow. */
    private final class Watched implements ScheduleStore {

        private final ScheduleStore to;

        Watched(ScheduleStore to) {
            this.to = to;
        }

        @Override
        public CompletableFuture<Boolean> store(ScheduleChange change) {
            int more = change.jobs().size();
            tries += more > 0 ? 1 : 0;
            if (more > room) {
                return CompletableFuture.failedFuture(new QuotaException("queued.max of ann"));
            }
            room -= more;
            return to.store(change);
        }

        @Override
        public List<StoredSchedule> schedules() {
            return to.schedules();
        }

        @Override
        public Optional<StoredSchedule> schedule(String name) {
            return to.schedule(name);
        }

        @Override
        public List<StoredJob> latestJobs(String name, int limit) {
            looks++;
            return to.latestJobs(name, limit);
        }

        @Override
        public Optional<JobId> jobOf(Fire fire) {
            return to.jobOf(fire);
        }
    }

    /** Another host that does not know better than that it is the leader. */
    record Second(ScheduleEngine engine) {}

    Second second() {
        ScheduleEvents told = new ScheduleEvents();
        told.bind(events::add);
        ScheduleEngine other = new ScheduleEngine(services, told, this::configured, () -> {});
        other.follow(true);
        other.turn();
        return new Second(other);
    }

    private final class Listener implements CommitListener {

        private final ScheduleEngine mine = engine;

        @Override
        public void opened(StoreSnapshot snapshot) {
            mine.follow(true);
        }

        @Override
        public void committed(List<Committed> changes) {
            changes.forEach(mine::changed);
        }

        @Override
        public void scheduled(String schedule) {
            mine.scheduled(schedule);
        }
    }

    /** The host is killed, and another one goes on with what is stored. */
    void restart() {
        store = store.restart(UUID.randomUUID(), "test:2", clock.instant());
        begin();
    }

    static ScheduleSpecification.Builder schedule(String name) {
        return ScheduleSpecification.named(
                name, JobSpecification.type("echo").payload(Map.of()).build());
    }

    void add(ScheduleSpecification.Builder schedule) {
        operations.add(schedule.build());
        turn();
    }

    void turn() {
        Instant next = engine.turn();
        while (next != null && !next.isAfter(clock.instant())) {
            next = engine.turn();
        }
        engine.turn();
    }

    /** Lets time pass in small steps, as it does for a host that is up. */
    void pass(Duration time) {
        Instant until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            clock.advance(Duration.ofSeconds(1));
            turn();
        }
    }

    /** Lets time pass at once, as it does for a host that stands still. */
    void jump(Duration time) {
        clock.advance(time);
        turn();
    }

    List<Job> made(String name) {
        return store.find(JobQuery.of(JobFilter.ALL.withSchedule(name), 10_000), Set.of())
                .jobs();
    }

    /** The times for which there are jobs, in order. */
    List<Instant> fires(String name) {
        return made(name).stream()
                .map(job ->
                        Objects.requireNonNull(job.terms().identity().fire()).at())
                .sorted()
                .toList();
    }

    StoredSchedule row(String name) {
        return store.schedules().schedule(name).orElseThrow();
    }

    /** Brings the jobs that have not ended to their end, as far as nothing holds them. */
    void complete(String name) {
        made(name).stream()
                .filter(job -> !job.status().isFinished())
                .map(Job::id)
                .sorted()
                .forEach(this::complete);
        turn();
    }

    void complete(JobId id) {
        end(id, job -> Moves.complete(job, "{}"));
    }

    void end(JobId id, Function<StoredJob, Move> how) {
        StoredJob job = store.job(id).orElseThrow();
        if (job.status() == JobStatus.QUEUED) {
            store.move(Moves.start(job, store)).join();
            job = store.job(id).orElseThrow();
        }
        if (job.status() == JobStatus.RUNNING) {
            store.move(how.apply(job)).join();
        }
        turn();
    }
}
