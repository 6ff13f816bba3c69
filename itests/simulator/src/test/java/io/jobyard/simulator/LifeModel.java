// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Submission;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All jobs as they should be. Hears of each change as it is committed, and of what the host told its users. */
final class LifeModel {

    private record Key(String submitter, String key) {}

    final World world;
    private final Map<JobId, Fate> fates = new LinkedHashMap<>();
    private final Map<Key, JobId> live = new HashMap<>();
    private final Map<GroupKey, List<JobId>> joined = new HashMap<>();
    private final Set<GroupKey> ended = new HashSet<>();
    private final MoveRules rules = new MoveRules(this);
    private long commits;

    LifeModel(World world) {
        this.world = world;
    }

    Collection<Fate> fates() {
        return fates.values();
    }

    Fate fate(JobId id) {
        Fate fate = fates.get(id);
        Violation.unless(fate != null, id, "a job that was never admitted");
        return Objects.requireNonNull(fate);
    }

    @Nullable
    Fate find(JobId id) {
        return fates.get(id);
    }

    long commits() {
        return commits;
    }

    void admitted(List<AdmittedJob> jobs) {
        commits++;
        for (AdmittedJob job : jobs) {
            Fate fate = new Fate(job);
            Violation.unless(fates.put(fate.id(), fate) == null, fate.id(), "two jobs have one id");
            rules.admitted(fate);
            takeKey(fate);
            tell(fate, "is admitted " + fate.status() + " " + fate.terms());
        }
        jobs.forEach(job -> joinGroup(fate(job.stored().id())));
        jobs.forEach(job -> endGroup(fate(job.stored().id())));
    }

    private void joinGroup(Fate fate) {
        GroupKey group = GroupKey.joined(fate.now.job());
        if (group != null) {
            Violation.unless(!ended.contains(group), fate.id(), () -> "comes into " + group + ", which is closed");
            joined.computeIfAbsent(group, any -> new ArrayList<>()).add(fate.id());
        }
    }

    private void endGroup(Fate fate) {
        GroupKey group = GroupKey.ended(fate.now.job());
        if (group != null) {
            Violation.unless(ended.add(group), fate.id(), () -> "ends " + group + " a second time");
            List<JobId> all = joined.getOrDefault(group, List.of());
            boolean waitsForAll =
                    !all.isEmpty() && Set.copyOf(fate.admitted.dependencies()).containsAll(all);
            Violation.unless(waitsForAll, fate.id(), () -> "ends " + group + " and waits not for all of " + all);
        }
    }

    /** A change is stored, by that life of a host. */
    void moved(Move move, int by) {
        commits++;
        Fate fate = fate(move.before().id());
        LifeRow life = world.database.lives.get(by);
        Violation.unless(life != null && !life.hasEnded(), fate.id(), () -> "is changed by " + life);
        Violation.unless(fate.now.equals(move.before()), fate.id(), () -> "a stale decision was stored: " + move);
        JobStatus before = fate.status();
        boolean starts = before == JobStatus.QUEUED && move.state().status() == JobStatus.RUNNING;
        LeaderRow leader = world.database.leader.get(LeaderRow.KEY);
        Violation.unless(!starts || leader.life() == by, fate.id(), () -> "is started by " + by + " beside " + leader);
        rules.check(fate, move, life);
        fate.follow(move, commits);
        world.limits.moved(move);
        if (fate.status().isFinished()) {
            freeKey(fate);
        } else if (before.isFinished()) {
            takeKey(fate);
        }
        tell(
                fate,
                before + " -> " + move.state().status() + " " + move.state().reason() + " run "
                        + move.state().run().number() + " attempt "
                        + move.state().run().attempt() + " " + move.books() + " "
                        + (move.event() == null ? "" : move.event().why()) + " edges " + move.edges());
    }

    /** A host hears of a change: it must be stored by then. */
    void told(Committed change) {
        Fate fate = fate(change.after().id());
        boolean stored = fate.now.version() >= change.after().version();
        Violation.unless(stored, fate.id(), () -> "is told to have become " + change.after() + " before it is stored");
    }

    /** The store said no to a change of this running job: its outcome may be replaced. */
    void refused(StoredJob running) {
        fate(running.id()).refused.add(running.job().state().run().number());
    }

    /** A handler is called. */
    void begins(Assignment run, SimulatedHost host) {
        Fate fate = fate(run.stored().id());
        if (world.database.hasEnded(host.incarnation)) {
            return; // it stood still, and has not heard of its end
        }
        int number = run.stored().job().state().run().number();
        boolean holds = fate.status() == JobStatus.RUNNING && fate.run() == number;
        Violation.unless(holds, fate.id(), () -> "run " + number + " begins, the store has " + fate.now);
        Violation.unless(fate.begun.add(number), fate.id(), () -> "run " + number + " begins twice");
    }

    /** The host said that it took the outcome of a run. */
    void accepted(Assignment run) {
        Fate fate = fate(run.stored().id());
        int number = run.stored().job().state().run().number();
        Violation.unless(fate.accepted.add(number), fate.id(), () -> "two outcomes of run " + number + " are accepted");
        boolean over = fate.status() != JobStatus.RUNNING || fate.run() > number;
        Violation.unless(over, fate.id(), () -> "an outcome of run " + number + " is accepted, but not stored");
    }

    /** A submit returned. */
    void acknowledged(String submitter, List<JobSpecification> asked, List<Submission> answers, long since) {
        Violation.unless(asked.size() == answers.size(), null, "not an answer for each specification");
        for (int i = 0; i < answers.size(); i++) {
            JobId id = answers.get(i).id();
            Fate fate = fates.get(id);
            Violation.unless(fate != null, id, "acknowledged, but not stored");
            if (answers.get(i).duplicate()) {
                boolean same = fate.now.job().submitter().equals(submitter)
                        && asked.get(i).identity().key() != null
                        && Objects.equals(
                                asked.get(i).identity().key(),
                                fate.terms().identity().key());
                Violation.unless(same, id, "called a duplicate, but the keys differ");
                Violation.unless(fate.liveUntil > since, id, "called a duplicate of a job that was over already");
            }
        }
    }

    private void takeKey(Fate fate) {
        if (fate.terms().identity().key() != null && !fate.status().isFinished()) {
            Key key =
                    new Key(fate.now.job().submitter(), fate.terms().identity().key());
            JobId holder = live.putIfAbsent(key, fate.id());
            Violation.unless(holder == null, fate.id(), () -> "takes the key of " + holder + ", which is live");
        }
    }

    private void freeKey(Fate fate) {
        if (fate.terms().identity().key() != null) {
            live.remove(
                    new Key(fate.now.job().submitter(), fate.terms().identity().key()), fate.id());
        }
    }

    private void tell(Fate fate, String what) {
        world.trace.count(fates.size() * 31L + fate.status().ordinal());
        world.trace.count(fate.now.books().version() * 31L + fate.run());
        world.tell(() -> "  commit " + commits + ": " + fate.id() + " " + what);
    }
}
