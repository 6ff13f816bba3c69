// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Fire;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSample;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.RunUse;
import io.jobyard.api.SampleStep;
import io.jobyard.api.StoreException;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RefusedSubmissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tables, and the changes that maintain them. Guarded by the lock of their owner. */
final class InMemoryTables {

    final InMemoryAudit audit = new InMemoryAudit();
    final NavigableMap<JobId, StoredJob> jobs = new TreeMap<>();
    final Map<JobId, AdmittedJob> admissions = new HashMap<>();
    final Map<JobId, String> results = new HashMap<>();
    final Map<JobId, List<HistoryEvent>> history = new HashMap<>();
    final Map<JobId, List<NumberedLine>> logs = new HashMap<>();
    final InMemorySteps work = new InMemorySteps();
    final Set<String> servedTypes = new TreeSet<>();
    final EventLog events = new EventLog();
    final NavigableMap<JobId, NavigableSet<JobId>> edges = new TreeMap<>();
    /** Jobs that failed or were cancelled, by the dependency that caused this. */
    final NavigableMap<JobId, NavigableSet<JobId>> blames = new TreeMap<>();

    final NavigableSet<JobId> markers = new TreeSet<>();
    final InMemoryIndexes indexes = new InMemoryIndexes();
    final InMemoryGroups groups = new InMemoryGroups();
    final Map<LimitKey, LimitUse> limitUses = new HashMap<>();

    final Map<PauseTarget, Pause> pauses = new HashMap<>();
    /** Definitions by kind and name. */
    final Map<LimitKey, LimitDefinition> definitions = new HashMap<>();

    final Map<String, StoredSchedule> schedules = new HashMap<>();
    final NavigableMap<Integer, StoredBulk> bulks = InMemoryBulks.none();
    final InMemoryIdentities.LastingIdentities identities = new InMemoryIdentities.LastingIdentities();
    final Map<String, EventCursor> followers = new HashMap<>();
    /** Requests by submitter and key. */
    final Map<List<String>, KeptRequest> requests = new HashMap<>();
    /** Submissions by number. */
    final NavigableMap<Long, InboxEntry> submissions = new TreeMap<>();
    /** Rejected submissions by number. */
    final NavigableMap<Long, RefusedSubmissions> refusedSubmissions = new TreeMap<>();

    final NavigableMap<Fire, JobId> fires =
            new TreeMap<>(Comparator.comparing(Fire::schedule).thenComparing(Fire::at));

    /** Usage by the start of the run, in the order of the store, which orders IDs by their bytes. */
    static final Comparator<RunUse> USE_ORDER = Comparator.comparing(
                    (RunUse one) -> one.run().startedAt())
            .thenComparing(use -> use.run().job().value().toString())
            .thenComparingInt(one -> one.run().number())
            .thenComparing(RunUse::unit);

    final NavigableMap<RunUse, RunUse> uses = new TreeMap<>(USE_ORDER);

    /** Stores a definition. Returns false if it has changed since it was read. */
    boolean define(LimitDefinition next) {
        LimitKey key = new LimitKey(next.kind(), next.name(), LimitKey.ALL_UNITS);
        LimitDefinition known = definitions.get(key);
        boolean won = next.version() == (known == null ? 1 : known.version() + 1);
        if (won && next.isGone()) {
            definitions.remove(key);
        } else if (won) {
            definitions.put(key, next);
        }
        return won;
    }

    /** Samples by step and time. */
    final Map<SampleStep, NavigableMap<Instant, JobSample>> samples = new EnumMap<>(SampleStep.class);

    /** Stores the latest usage for each run and unit. */
    void use(RunUse use) {
        uses.remove(use);
        uses.put(use, use);
    }

    List<Committed> admit(List<AdmittedJob> admitted) {
        admitted.forEach(this::freeKey);
        indexes.refuseTakenKeys(admitted.stream().map(AdmittedJob::stored).toList());
        refuseMissingDependencies(admitted);
        admitted.forEach(this::refuseSecondJob);
        groups.refuseChanged(admitted);
        for (AdmittedJob job : admitted) {
            JobId id = job.stored().id();
            if (admissions.putIfAbsent(id, job) != null) {
                throw new IllegalStateException("job " + id + " already exists");
            }
            history.put(id, new ArrayList<>(List.of(job.event())));
            job.edges().forEach(parent -> add(edges, parent, id));
            jobs.put(job.stored().id(), job.stored());
            indexes.follow(null, job.stored());
            groups.admitted(job);
            Fire fire = job.stored().job().terms().identity().fire();
            if (fire != null) {
                fires.put(fire, id);
            }
        }
        return admitted.stream().map(this::committed).toList();
    }

    private void freeKey(AdmittedJob job) {
        JobKey key = JobKey.of(job.stored());
        if (key != null && job.takesKeyOf() != null) {
            indexes.keys.remove(key, job.takesKeyOf());
        }
    }

    private void refuseSecondJob(AdmittedJob job) {
        Fire fire = job.stored().job().terms().identity().fire();
        if (fire != null && fires.containsKey(fire)) {
            throw new StoreException(fire + " has a job; nothing was stored", null);
        }
    }

    /** Changes a schedule and admits its jobs. Returns empty if the schedule has changed meanwhile. */
    Optional<List<Committed>> change(ScheduleChange change) {
        if (!Objects.equals(change.before(), schedules.get(change.name()))) {
            return Optional.empty();
        }
        List<Committed> done = admit(change.jobs());
        if (change.after() == null) {
            schedules.remove(change.name());
        } else {
            schedules.put(change.name(), change.after());
        }
        return Optional.of(done);
    }

    /** Stores a request and admits its jobs. Returns empty if the request is already stored. */
    Optional<List<Committed>> keep(KeptRequest request, List<AdmittedJob> admitted) {
        List<String> key = List.of(request.submitter(), request.key());
        KeptRequest known = requests.get(key);
        if (known != null && known.until().isAfter(request.at())) {
            return Optional.empty();
        }
        List<Committed> done = admit(admitted);
        requests.put(key, request);
        return Optional.of(done);
    }

    private void refuseMissingDependencies(List<AdmittedJob> admitted) {
        Set<JobId> missing = new HashSet<>();
        admitted.forEach(job -> missing.addAll(job.dependencies()));
        admitted.forEach(job -> missing.remove(job.stored().id()));
        refuseMissing(missing);
    }

    private void refuseMissing(Set<JobId> missing) {
        missing.removeAll(jobs.keySet());
        if (!missing.isEmpty()) {
            throw new StoreException("dependencies were removed: " + missing + "; nothing was stored", null);
        }
    }

    private Committed committed(AdmittedJob admitted) {
        markIfFinal(admitted.edges());
        return Committed.of(
                null, admitted.stored(), admitted.edges(), markers, events.add(admitted.stored(), admitted.event()));
    }

    /** Returns the notification of a move, with the current markers. */
    Committed committed(@Nullable JobSummary before, Move move, @Nullable JobEvent event) {
        return Committed.of(before, move.after(), move.edges().awaited(), markers, event);
    }

    /** Returns the stored change; empty if the job has another version by now. */
    Optional<Committed> move(Move move) {
        JobId id = move.before().id();
        StoredJob before = jobs.get(id);
        if (before == null || before.books().version() != move.before().books().version()) {
            return Optional.empty();
        }
        StoredJob after = move.after();
        refuseMissing(new HashSet<>(move.edges().awaited()));
        if (move.beginsAnotherLife()) {
            indexes.refuseTakenKey(after);
            markers.remove(id);
        }
        jobs.put(after.id(), after);
        indexes.follow(before, after);
        JobEvent event = null;
        if (move.event() != null) {
            Objects.requireNonNull(history.get(id)).add(move.event());
            event = events.add(after, move.event());
        }
        if (move.result() != null) {
            results.put(id, move.result());
        }
        change(move.edges(), id, move.beginsAnotherLife());
        if (after.job().status().isFinished() && edges.containsKey(id)) {
            markers.add(id);
        }
        return Optional.of(committed(before, move, event));
    }

    /** Returns an existing job. */
    StoredJob job(JobId id) {
        return Objects.requireNonNull(jobs.get(id));
    }

    /** Returns the admission of an existing job. */
    AdmittedJob admission(JobId id) {
        return Objects.requireNonNull(admissions.get(id));
    }

    void replacePayload(JobId id, String payload) {
        AdmittedJob was = admission(id);
        admissions.put(id, new AdmittedJob(was.stored(), payload, was.dependencies(), was.edges(), was.event(), null));
    }

    private void change(EdgeChange change, JobId id, boolean anotherLife) {
        change.released().forEach(parent -> remove(edges, parent, id));
        if (anotherLife) {
            change.released().forEach(parent -> remove(blames, parent, id));
        }
        change.awaited().forEach(parent -> add(edges, parent, id));
        change.blamed().forEach(parent -> add(blames, parent, id));
        markIfFinal(change.awaited());
    }

    /** Releases a late edge with a marker. */
    private void markIfFinal(Collection<JobId> parents) {
        parents.stream()
                .map(jobs::get)
                .filter(parent -> parent != null && parent.job().status().isFinished())
                .forEach(parent -> markers.add(parent.id()));
    }

    void released(Collection<JobId> parents) {
        parents.stream().filter(parent -> !edges.containsKey(parent)).forEach(markers::remove);
    }

    void log(JobId id, List<LogLine> lines) {
        List<NumberedLine> all = logs.computeIfAbsent(id, any -> new ArrayList<>());
        int last = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
        for (LogLine line : lines) {
            all.add(new NumberedLine(++last, line));
        }
        int surplus = all.size() - JobStore.MAX_LOG_LINES;
        if (surplus > 0) {
            all.subList(0, surplus).clear();
        }
    }

    private static void add(NavigableMap<JobId, NavigableSet<JobId>> table, JobId parent, JobId child) {
        table.computeIfAbsent(parent, any -> new TreeSet<>()).add(child);
    }

    static void remove(NavigableMap<JobId, NavigableSet<JobId>> table, JobId parent, JobId child) {
        table.computeIfPresent(parent, (id, children) -> {
            children.remove(child);
            return children.isEmpty() ? null : children;
        });
    }
}
