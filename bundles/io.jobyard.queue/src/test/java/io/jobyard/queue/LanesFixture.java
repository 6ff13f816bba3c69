// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lanes over a store in memory, and short words to feed them. */
final class LanesFixture {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final SettableClock clock = new SettableClock(START);
    private final Clock time;
    final HostsFixture hosts = new HostsFixture(this);
    final InMemoryStore store = new InMemoryStore(new UUID(0, 1), "here");
    final Gates gates = new Gates();
    volatile QueueSettings settings = new QueueSettings(10, 60, 10, BacklogBounds.NONE);
    volatile LaneReader reader = store::ready;
    /** The limits of handlers, by type. */
    final FakeHandlerCatalog handlers = new FakeHandlerCatalog();

    volatile LimitCatalog catalog = LimitCatalog.EMPTY;
    Lanes lanes;
    private long made;

    LanesFixture() {
        time = clock;
        lanes = open();
    }

    /** One that goes by a clock of its own; its jobs are submitted at the start of the other. */
    LanesFixture(Clock clock) {
        time = clock;
        lanes = open();
    }

    /** Begins anew from what the store holds, as after a start of the host. */
    Lanes open() {
        Lanes opened = new Lanes(() -> settings, () -> catalog, handlers, gates, reading(), time, QueueEngine.WINDOW);
        opened.follower.restore(store.uses());
        store.listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                opened.follower.opened(snapshot);
            }

            @Override
            public void hosts(Hosts hosts) {
                opened.follower.hosts(hosts);
            }

            @Override
            public void committed(List<Committed> changes) {
                opened.follower.committed(hosts.asTold(changes));
            }

            @Override
            public void paused(Pause pause) {
                opened.follower.paused(pause);
            }

            @Override
            public void resumed(PauseTarget target) {
                opened.follower.resumed(target);
            }
        });
        opened.follower.takeOver(opened.leadership.begins(), store.uses());
        lanes = opened;
        return opened;
    }

    /** By whatever the test has set by then. */
    private LaneReader reading() {
        return new LaneReader() {
            @Override
            public List<ReadyJob> read(LaneKey lane, @Nullable ReadyJob after, int limit) {
                return reader.read(lane, after, limit);
            }

            @Override
            public Map<LaneKey, List<ReadyJob>> read(Map<LaneKey, ReadyJob> after) {
                return reader.read(after);
            }
        };
    }

    /** Configures a limit; a null value takes it away. */
    void limit(String name, @Nullable LimitSettings settings) {
        Map<String, LimitSettings> limits = new HashMap<>(catalog.limits());
        if (settings == null) {
            limits.remove(name);
        } else {
            limits.put(name, settings);
        }
        catalog = new LimitCatalog(catalog.queues(), limits, catalog.quotas());
        lanes.lock.wake();
    }

    void limit(String name, String... keysAndValues) {
        limit(name, read(LimitSettings::read, keysAndValues));
    }

    /** Configures a queue. */
    void queue(String name, String... keysAndValues) {
        Map<String, NamedQueueSettings> queues = new HashMap<>(catalog.queues());
        queues.put(name, read(NamedQueueSettings::read, keysAndValues));
        catalog = new LimitCatalog(queues, catalog.limits(), catalog.quotas());
        lanes.lock.wake();
    }

    /** Gives submitters shares; each share is its members' together. */
    void quotas(Quotas.QuotaShare... shares) {
        Map<String, List<Quotas.QuotaShare>> bySubmitter = new HashMap<>();
        for (Quotas.QuotaShare share : shares) {
            share.members()
                    .forEach(member -> bySubmitter
                            .computeIfAbsent(member, any -> new ArrayList<>())
                            .add(share));
        }
        catalog = new LimitCatalog(catalog.queues(), catalog.limits(), new Quotas(bySubmitter));
        lanes.lock.wake();
    }

    /** Gives a submitter more turns than others. */
    void weight(String submitter, int weight) {
        Quotas before = catalog.quotas();
        Map<String, Integer> weights = new HashMap<>(before.weights());
        weights.put(submitter, weight);
        catalog = new LimitCatalog(catalog.queues(), catalog.limits(), new Quotas(before.bySubmitter(), weights));
        lanes.lock.wake();
    }

    private static <T> T read(Function<SettingsReader, T> parser, String... keysAndValues) {
        Map<String, String> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        SettingsReader reader = new SettingsReader(raw);
        T settings = parser.apply(reader);
        reader.finish();
        return settings;
    }

    /** A job that names limits. */
    JobId submitLimited(String submitter, int level, Map<String, Double> estimate, String... limits) {
        return submit(job(submitter, level, "work", 0, null, List.of(limits), estimate));
    }

    JobId submitTo(String queue, String submitter, int level) {
        return submit(job(submitter, level, "work", 0, queue, List.of(), Map.of()));
    }

    /** Its lane as the job meets it. */
    LaneView view(JobId id) {
        LaneKey lane = LaneKey.of(store.job(id).orElseThrow());
        List<ReadyJob> positions = store.ready(lane, null, Integer.MAX_VALUE);
        int position = positions.stream().map(ReadyJob::id).toList().indexOf(id);
        return lanes.overview.lane(lane, positions.subList(0, position + 1)).orElseThrow();
    }

    /** What is told of queues and limits, counted by groups of lanes, is what the lanes come to. */
    void requireSums() {
        List<LaneView> all = views();
        for (QueueStatus queue : lanes.limits.queues()) {
            List<LaneView> ofQueue = all.stream()
                    .filter(lane -> lane.queue().equals(queue.name()))
                    .toList();
            Duration oldest = ofQueue.stream()
                    .map(LaneView::oldest)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .map(ready -> Duration.between(ready, clock.instant()))
                    .orElse(null);
            assertThat(queue.jobs().queued())
                    .as(queue.name())
                    .isEqualTo(ofQueue.stream().mapToLong(LaneView::queued).sum());
            assertThat(queue.jobs().oldestReady()).as(queue.name()).isEqualTo(oldest);
        }
        assertThat(lanes.overview.queuedByType())
                .isEqualTo(all.stream()
                        .collect(Collectors.groupingBy(
                                lane -> lane.lane().type(), Collectors.summingLong(LaneView::queued))));
        assertThat(lanes.overview.oldestOpen().map(LaneView::oldest))
                .isEqualTo(all.stream()
                        .filter(lane -> lane.shutBy().isEmpty())
                        .map(LaneView::oldest)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder()));
        for (LimitStatus limit : lanes.limits.limits()) {
            assertThat(limit.jobs().queued())
                    .as(limit.name())
                    .isEqualTo(all.stream()
                            .filter(lane -> lane.lane().limits().stream()
                                    .anyMatch(text ->
                                            NamedLimit.parse(text).name().equals(limit.name())))
                            .mapToLong(LaneView::queued)
                            .sum());
        }
    }

    List<LaneView> views() {
        return lanes.overview.all();
    }

    JobId submit(String submitter, int level) {
        return submit(submitter, level, "work");
    }

    JobId submit(String submitter, int level, String type) {
        return submit(job(submitter, level, type));
    }

    JobId submit(StoredJob job) {
        HistoryEvent event = new HistoryEvent(
                clock.instant(),
                "test",
                null,
                JobStatus.QUEUED,
                null,
                new HistoryEvent.HistoryRun(null, 0, 0, null),
                "");
        store.admit(List.of(new AdmittedJob(job, "{}", List.of(), Set.of(), event)))
                .join();
        return job.id();
    }

    StoredJob job(String submitter, int level, String type) {
        return job(submitter, level, type, 0);
    }

    StoredJob job(String submitter, int level, String type, int losses) {
        return job(submitter, level, type, losses, null, List.of(), Map.of());
    }

    StoredJob job(
            String submitter,
            int level,
            String type,
            int losses,
            @Nullable String queue,
            List<String> limits,
            Map<String, Double> estimate) {
        JobTerms terms = new JobTerms(
                type,
                new JobTerms.RoutingTerms(queue, level, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 0),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(limits, estimate));
        Instant now = clock.instant();
        Job job = new Job(new JobId(new UUID(1, ++made)), submitter, now, terms, state(JobStatus.QUEUED));
        return new StoredJob(job, new SchedulingState(1, 0, losses, false, null, now, null));
    }

    List<JobId> submit(int count, String submitter, int level) {
        return submit(count, submitter, level, "work");
    }

    List<JobId> submit(int count, String submitter, int level, String type) {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(submit(submitter, level, type));
        }
        return ids;
    }

    List<ClaimCandidate> take(int max) {
        return take(new Slots(max, 0));
    }

    List<ClaimCandidate> take(Slots room) {
        try {
            return lanes.claims.take(() -> room, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes, starts and begins as many as there are, one after the other, at most so many. */
    List<JobId> start(int max) {
        List<JobId> started = new ArrayList<>();
        while (started.size() < max) {
            List<ClaimCandidate> next = take(1);
            if (next.isEmpty()) {
                return started;
            }
            JobId id = next.get(0).position().id();
            move(id, JobStatus.RUNNING);
            lanes.draws.begun(id);
            started.add(id);
        }
        return started;
    }

    List<String> startersOf(int max) {
        return start(max).stream().map(this::submitter).toList();
    }

    String submitter(JobId id) {
        return store.job(id).orElseThrow().job().submitter();
    }

    int level(JobId id) {
        return store.job(id).orElseThrow().job().terms().routing().priority();
    }

    /** Moves a job, with its place kept. */
    boolean move(JobId id, JobStatus to) {
        return move(id, store.job(id).orElseThrow().job().status(), to);
    }

    /** Moves a job, unless it is elsewhere. */
    boolean move(JobId id, JobStatus from, JobStatus to) {
        StoredJob job = store.job(id).orElseThrow();
        if (job.job().status() != from) {
            return false;
        }
        SchedulingState books = job.books();
        SchedulingState after =
                new SchedulingState(books.version() + 1, 0, books.losses(), false, null, books.readyAt(), null);
        return store.move(new Move(job, state(job, to), after, null, null, EdgeChange.NONE))
                .join();
    }

    /** Starts a job that was taken, on that version of its handler. */
    void startOn(JobId id, String version) {
        StoredJob job = store.job(id).orElseThrow();
        SchedulingState books = job.books();
        SchedulingState after =
                new SchedulingState(books.version() + 1, 0, books.losses(), false, null, books.readyAt(), null);
        HandlerName handler = new HandlerName(version, "test " + version);
        HistoryEvent event = new HistoryEvent(
                clock.instant(),
                HistoryEvent.HOST,
                JobStatus.QUEUED,
                JobStatus.RUNNING,
                null,
                new HistoryEvent.HistoryRun("here", 1, 1, handler),
                "");
        store.move(new Move(job, state(job, JobStatus.RUNNING), after, event, null, EdgeChange.NONE))
                .join();
        lanes.draws.begun(id);
    }

    /** Somebody changes a ready job. */
    StoredJob change(JobId id, JobChange change) {
        StoredJob job = store.job(id).orElseThrow();
        SchedulingState books = job.books();
        SchedulingState after =
                new SchedulingState(books.version() + 1, 0, books.losses(), false, null, books.readyAt(), null);
        JobTerms terms = change.applyTo(job.job().terms());
        Move move = new Move(job, terms, job.job().state(), after, null, null, EdgeChange.NONE);
        if (!store.move(move).join()) {
            throw new AssertionError(id + " has gone on");
        }
        return move.after();
    }

    Gate shut(Predicate<LaneKey> which) {
        Gate gate = new Gate() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public boolean open(LaneKey lane) {
                return !which.test(lane);
            }

            @Override
            public String detail(LaneKey lane) {
                return "shut by the test";
            }
        };
        gates.add(gate);
        return gate;
    }

    private JobState state(JobStatus status) {
        return new JobState(status, null, clock.instant(), null, null, JobState.RunState.NONE);
    }

    private JobState state(StoredJob before, JobStatus status) {
        int run = before.run() + (status == JobStatus.RUNNING ? 1 : 0);
        return new JobState(
                status, null, clock.instant(), null, null, new JobState.RunState(run, 0, null, null, null, null));
    }
}
