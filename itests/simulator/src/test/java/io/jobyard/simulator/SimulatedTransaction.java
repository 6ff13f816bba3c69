// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.spi.store.ReleaseCascade;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.spi.store.StartRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The changes of one commit, by the statements of the store's own transaction, and with the locks that these take. */
final class SimulatedTransaction implements ReleaseCascade.CascadeTables<RuntimeException> {

    private record Told(
            @Nullable StoredJob before,
            StoredJob after,
            Set<JobId> awaited,
            @Nullable HistoryEvent event) {}

    final OpenTransaction session;
    final StepRows steps;
    private final World world;
    private final Database rows;
    private final int life;
    private final HostLease lease;
    private final MarkerRows markers;
    private final GroupRows groups;
    private final ReleaseCascade cascade = new ReleaseCascade();
    private final List<Told> told = new ArrayList<>();
    private final List<Consumer<CommitListener>> news = new ArrayList<>();
    private final List<Assignment> begun = new ArrayList<>();
    private @Nullable Boolean leader;

    SimulatedTransaction(World world, int life, HostLease lease) {
        this.world = world;
        this.rows = world.database;
        this.life = life;
        this.lease = lease;
        session = new OpenTransaction(rows);
        steps = new StepRows(world, this);
        markers = new MarkerRows(rows, session, world.fault);
        groups = new GroupRows(rows, session, world.fault);
    }

    void admit(List<AdmittedJob> jobs) {
        admit(jobs, null);
    }

    /** @param starts starts those of them that are next; null for none */
    void admit(List<AdmittedJob> jobs, @Nullable AdmissionStarts starts) {
        session.whenCommitted(() -> world.life.admitted(jobs));
        JobKey.refuseTwice(jobs.stream().map(AdmittedJob::stored).toList());
        for (AdmittedJob job : jobs) {
            JobId id = job.stored().id();
            if (rows.jobs.get(session, id) != null) {
                throw new StoreException("job " + id + " is there already", null);
            }
            rows.jobs.put(session, id, job.stored());
            rows.admissions.put(session, id, job);
            rows.histories.put(session, id, List.of(job.event()));
            job.edges().forEach(parent -> rows.edges.put(session, new Database.Pair(parent, id), true));
            followKey(null, job.stored());
            markers.admitted(job);
            groups.admitted(job);
            told.add(new Told(null, job.stored(), job.edges(), job.event()));
            if (starts != null && job.stored().status() == JobStatus.QUEUED && lease.epoch() > 0) {
                start(job, starts);
            }
        }
    }

    private void start(AdmittedJob job, AdmissionStarts starts) {
        Move start = starts.start(job.stored());
        if (start != null && isLeader()) {
            write(start);
            begun.add(Assignment.of(start, job.payload()));
        }
    }

    /** The runs of new jobs that start with their admission. */
    List<Assignment> begun() {
        return begun;
    }

    /** False if the job has another version by now, or the move is for the leader, which this host is not. */
    boolean move(Move move, @Nullable ReleaseRule rule) {
        if (move.isForLeader() && !isLeader()) {
            return false;
        }
        StoredJob before = move.before();
        StoredJob now = rows.jobs.get(session, before.id());
        if (now == null || now.version() != before.version()) {
            return false;
        }
        session.lock(rows.jobs, before.id(), RowLock.UPDATE);
        write(move);
        cascade.changed(move.after(), rule);
        return true;
    }

    private void write(Move move) {
        StoredJob after = move.after();
        JobId id = after.id();
        followKey(move.before(), after);
        rows.jobs.put(session, id, after);
        if (move.event() != null) {
            List<HistoryEvent> history = new ArrayList<>(Objects.requireNonNull(rows.histories.get(session, id)));
            history.add(move.event());
            rows.histories.put(session, id, history);
        }
        if (move.result() != null) {
            rows.results.put(session, id, move.result());
        }
        move.edges().released().forEach(parent -> rows.edges.remove(session, new Database.Pair(parent, id)));
        if (move.beginsAnotherLife()) {
            move.edges().released().forEach(parent -> rows.blames.remove(session, new Database.Pair(parent, id)));
        }
        move.edges().awaited().forEach(parent -> rows.edges.put(session, new Database.Pair(parent, id), true));
        move.edges().blamed().forEach(parent -> rows.blames.put(session, new Database.Pair(parent, id), true));
        markers.changed(move);
        told.add(new Told(move.before(), after, move.edges().awaited(), move.event()));
        session.whenCommitted(() -> world.life.moved(move, life));
    }

    private void followKey(@Nullable StoredJob before, StoredJob after) {
        JobKey old = JobKey.heldBy(before);
        JobKey key = JobKey.heldBy(after);
        if (old != null && key == null) {
            session.lock(rows.keys, old, RowLock.FOR_UPDATE);
            rows.keys.remove(session, old);
        } else if (old == null && key != null) {
            session.lock(rows.keys, key, RowLock.FOR_UPDATE);
            JobId holder = rows.keys.get(session, key);
            if (holder != null) {
                throw new KeyTakenException(key.key(), holder);
            }
            rows.keys.put(session, key, after.id());
        }
    }

    ClaimResult claim(List<ClaimCandidate> positions, StartRule rule) {
        List<Assignment> runs = new ArrayList<>();
        List<ClaimCandidate> gone = new ArrayList<>();
        RuntimeException fault = null;
        for (ClaimCandidate position : isLeader() ? positions : List.<ClaimCandidate>of()) {
            StoredJob job = rows.jobs.get(session, position.position().id());
            if (job == null || !position.isOf(job)) {
                gone.add(position);
                continue;
            }
            try {
                Move start = rule.start(job, position);
                move(start, null);
                if (start.state().status() == JobStatus.RUNNING) {
                    AdmittedJob admitted = Objects.requireNonNull(rows.admissions.get(session, job.id()));
                    runs.add(Assignment.of(start, admitted.payload()));
                }
            } catch (StoreException e) {
                fault = e;
            }
        }
        if (fault != null && runs.isEmpty() && gone.isEmpty()) {
            throw fault;
        }
        return new ClaimResult(runs, gone);
    }

    /** Holds the election until the commit. */
    private boolean isLeader() {
        if (leader == null) {
            LeaderRow row = Objects.requireNonNull(rows.leader.get(LeaderRow.KEY));
            leader = lease.epoch() > 0 && row.epoch() == lease.epoch();
            if (leader) {
                session.lock(rows.leader, LeaderRow.KEY, RowLock.KEY_SHARE);
            } else {
                lease.lostLeadership();
            }
        }
        return leader;
    }

    void released(Collection<JobId> parents) {
        markers.released(parents);
    }

    void tell(Consumer<CommitListener> one) {
        news.add(one);
    }

    /** All but the commit: what listeners of this host are to hear. The life is held until then. */
    List<Committed> finish(long number) {
        try {
            cascade.release(this);
        } catch (SimulatedStore.RuleFailure e) {
            world.tell(() -> "a rule fails: its dependents wait for a release marker");
        }
        Set<JobId> marked = markers.write();
        groups.write();
        steps.finish();
        List<Committed> own = new ArrayList<>();
        for (Told one : told) {
            StoredJob after = one.after();
            EventCursor cursor = EventCursor.of(life + "-" + number + "-" + own.size());
            JobEvent event = one.event() == null
                    ? null
                    : new JobEvent(
                            cursor,
                            after.id(),
                            after.job().type(),
                            after.job().submitter(),
                            after.queue(),
                            one.event());
            own.add(Committed.of(one.before(), after, one.awaited(), marked, event));
        }
        List<Committed> elsewhere = own.stream()
                .map(change -> new Committed(change.before(), change.after(), change.releases(), change.event(), true))
                .toList();
        LifeRow mine = Objects.requireNonNull(rows.lives.get(life));
        session.lock(rows.lives, life, RowLock.KEY_SHARE);
        if (mine.hasEnded()) {
            throw new Fenced();
        }
        rows.feed.put(session, new FeedRow.Key(life, number), new FeedRow(elsewhere, List.copyOf(news)));
        return own;
    }

    @Override
    public List<Edge> edges(Map<JobId, JobStatus> ended) {
        return rows.edges.rows(session).keySet().stream()
                .filter(edge -> ended.containsKey(edge.parent()))
                .map(edge -> new Edge(edge.parent(), ended.get(edge.parent()), edge.child()))
                .toList();
    }

    @Override
    public List<StoredJob> jobs(Collection<JobId> ids) {
        return ids.stream()
                .map(id -> Objects.requireNonNull(rows.jobs.get(session, id)))
                .toList();
    }

    @Override
    public void move(List<ReleaseCascade.Dependent> dependents) {
        dependents.forEach(dependent -> move(dependent.move(), dependent.rule()));
    }

    @Override
    public void settled(Set<JobId> parents) {
        markers.settled(parents);
    }
}
