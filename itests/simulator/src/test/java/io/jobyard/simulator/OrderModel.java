// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ready jobs as the lanes have heard of them, and which of them may start next. One for each life of the host. */
final class OrderModel {

    private final World world;
    private final SimulatedHost host;
    private final RoomModel rooms;
    /** Ready, and not handed out. */
    private final Map<JobId, ClaimCandidate> standing = new TreeMap<>();

    private final Map<LaneKey, Integer> counts = new HashMap<>();
    private final Map<JobId, ClaimCandidate> out = new HashMap<>();
    /** Where those stand that were changed while they were out. */
    private final Map<JobId, ClaimCandidate> moved = new HashMap<>();

    private final Set<JobId> suspects = new HashSet<>();
    private final Fairness fairness = new Fairness();
    private Map<String, Object> settings;
    private long changes;
    private boolean leader;
    private long askedAt;
    /** Of the last claim; null until the lanes have handed something out. */
    private @Nullable List<ClaimCandidate> handedOut;

    private List<ClaimCandidate> gone = List.of();
    /** Handed out in the transaction that admits them. */
    private final List<ClaimCandidate> admitted = new ArrayList<>();
    /** The lanes may hand out what has left them: its start fails, and nobody is harmed. */
    private boolean blurred;

    OrderModel(World world, SimulatedHost host, Collection<Fate> fates, Map<String, Object> settings) {
        this.world = world;
        this.host = host;
        rooms = new RoomModel(host);
        fates.forEach(fate -> rooms.follow(fate.now));
        fates.stream().map(fate -> fate.now).filter(OrderModel::runsSuspect).forEach(job -> suspects.add(job.id()));
        this.settings = settings;
        fates.stream().filter(fate -> fate.status() == JobStatus.QUEUED).forEach(fate -> arrive(fate.now));
    }

    /** Something may change an answer. */
    void changed() {
        changes++;
    }

    void configured(Map<String, Object> raw) {
        changes++;
        fairness.settingsChange(!raw.get("priority.levels").equals(settings.get("priority.levels")));
        settings = raw;
    }

    /** The hosts are others, or offer something else; who becomes the leader knows nothing of turns. */
    void hosts(Hosts now) {
        changes++;
        rooms.hosts(now);
        if (now.isLeader() != leader) {
            leader = now.isLeader();
            fairness.forget();
        }
    }

    void committed(List<Committed> news, ReadyLanes lanes) {
        changes++;
        Set<LaneKey> touched = new HashSet<>();
        for (Committed change : news) {
            JobSummary before = change.before();
            ClaimCandidate onItsWay = out.get(change.after().id());
            if (before != null && before.status() == JobStatus.QUEUED) {
                standing.remove(before.id());
                out.remove(before.id());
                moved.remove(before.id());
                counts.merge(before.lane(), -1, Integer::sum);
                touched.add(before.lane());
            }
            JobSummary after = change.after();
            suspects.remove(after.id());
            rooms.follow(after);
            if (after.status() == JobStatus.QUEUED) {
                arrive(after);
                touched.add(after.lane());
                if (before == null && onItsWay != null) {
                    moved.put(after.id(), standing.remove(after.id()));
                } else if (before != null && before.status() == JobStatus.QUEUED && onItsWay != null) {
                    out.put(after.id(), onItsWay);
                    moved.put(after.id(), standing.remove(after.id()));
                    if (onItsWay.lane().suspect()) {
                        suspects.add(after.id());
                    }
                }
            } else if (runsSuspect(after)) {
                suspects.add(after.id());
            }
        }
        touched.forEach(lane -> checkCount(lane, lanes.lane(lane, List.of())));
    }

    private static boolean runsSuspect(JobSummary job) {
        return job.status() == JobStatus.RUNNING && job.lane().suspect();
    }

    private void arrive(JobSummary job) {
        LaneKey lane = job.lane();
        standing.put(
                job.id(),
                new ClaimCandidate(
                        lane,
                        new ReadyJob(job.readyAt(), job.id()),
                        lane.queue() == null ? Job.DEFAULT_QUEUE : lane.queue()));
        counts.merge(lane, 1, Integer::sum);
    }

    private void checkCount(LaneKey lane, Optional<LaneView> view) {
        long shown = view.map(LaneView::queued).orElse(0L);
        int real = counts.getOrDefault(lane, 0);
        Violation.unless(shown == real, null, () -> "lane " + lane + " counts " + shown + ", the store has " + real);
    }

    /** All of them at once. */
    void checkCounts(ReadyLanes lanes) {
        counts.keySet().forEach(lane -> checkCount(lane, lanes.lane(lane, List.of())));
        lanes.all().forEach(view -> checkCount(view.lane(), Optional.of(view)));
    }

    /** The lanes gave up in the middle, and took back what may have changed meanwhile. */
    private void blurred() {
        blurred = true;
        fairness.forget();
    }

    /** So many are asked for. */
    void claims(int max) {
        rooms.begin(max - here(admitted));
        askedAt = changes;
        handedOut = null;
        gone = List.of();
    }

    /** The lanes hand these out. */
    void taken(List<ClaimCandidate> jobs) {
        handedOut = List.copyOf(jobs);
        taken(handedOut, askedAt == changes);
    }

    /** A job is handed out while it is admitted: it must be the first of all that may start, with it. */
    void admits(ClaimCandidate job) {
        changes++;
        JobId id = job.position().id();
        int before = rooms.begin(host.room() - here(handedOut == null ? List.of() : handedOut) - here(admitted));
        standing.put(id, position(job));
        if (!blurred && !world.knobs.limited()) {
            fairness.check(position(job), open(), settings, world.clock.instant());
        } else {
            fairness.forget();
        }
        rooms.takes(job, out.values());
        rooms.begin(before - here(List.of(job)));
        standing.remove(id);
        out.put(id, job);
        admitted.add(job);
    }

    private static int here(List<ClaimCandidate> jobs) {
        return (int) jobs.stream().filter(job -> job.elsewhere() == null).count();
    }

    /** What was handed out with its admission has started, waits in its lane, or was not stored. */
    void settled() {
        for (ClaimCandidate job : admitted) {
            changes++;
            JobId id = job.position().id();
            if (out.remove(id, job)) {
                ClaimCandidate position = moved.remove(id);
                if (position != null) {
                    standing.put(id, position);
                }
            }
        }
        admitted.clear();
    }

    /** Of these the store has found that they stand there no more. */
    void gone(List<ClaimCandidate> jobs) {
        gone = jobs;
    }

    /** The claim is over. What has not started by then stands in its lane again, unless it is gone. */
    void claimed(boolean answered) {
        if (handedOut != null) {
            handedOut.forEach(this::settle);
        } else if (answered) {
            taken(List.of(), askedAt == changes);
        } else {
            blurred();
        }
    }

    private void settle(ClaimCandidate job) {
        changes++;
        JobId id = job.position().id();
        if (out.remove(id, job)) {
            suspects.remove(id);
            ClaimCandidate position = moved.remove(id);
            if (position != null) {
                standing.put(id, position);
            } else if (!gone.contains(job)) {
                standing.put(id, position(job));
            }
        }
    }

    /** Wherever it was to start. */
    private static ClaimCandidate position(ClaimCandidate job) {
        return new ClaimCandidate(job.lane(), job.position(), job.queue());
    }

    /** @param undisturbed whether nothing changed while the lanes were asked */
    private void taken(List<ClaimCandidate> jobs, boolean undisturbed) {
        blurred |= !undisturbed; // what a refill had read may have left since
        boolean phantom = blurred && jobs.stream().anyMatch(job -> !stands(job));
        boolean told = !host.committer.isUntold(); // a refill may read what the lanes have not heard of
        boolean strict = undisturbed && told && !phantom && !world.knobs.limited();
        for (ClaimCandidate job : jobs) {
            JobId id = job.position().id();
            boolean stands = stands(job);
            Violation.unless(stands || !strict, id, "is handed out, but does not stand in its lane");
            Violation.unless(
                    !job.lane().suspect() || suspects.isEmpty(),
                    id,
                    () -> "a suspect is handed out beside " + suspects);
            if (strict) {
                fairness.check(position(job), open(), settings, world.clock.instant());
            }
            if (undisturbed) {
                rooms.takes(job, out.values());
            }
            if (stands) {
                standing.remove(id);
                out.put(id, job);
                if (job.lane().suspect()) {
                    suspects.add(id);
                }
            }
        }
        if (!strict) {
            fairness.forget();
        } else {
            open().stream().findFirst().ifPresent(left -> {
                throw new Violation(left.position().id(), "stands in an open lane, and is not handed out");
            });
        }
    }

    private boolean stands(ClaimCandidate job) {
        return position(job).equals(standing.get(job.position().id()));
    }

    private List<ClaimCandidate> open() {
        return standing.values().stream()
                .filter(job -> rooms.isOpen(job.lane(), out.values()))
                .filter(job -> !job.lane().suspect() || suspects.isEmpty())
                .toList();
    }
}
