// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Reason;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies commits, and changes of the leader, to the lanes, the jobs in flight and the quotas. */
final class CommitFollower {

    private final Lanes lanes;

    CommitFollower(Lanes lanes) {
        this.lanes = lanes;
    }

    void opened(StoreSnapshot snapshot) {
        lanes.lock.change(() -> begin(snapshot, lanes.now()));
    }

    private void begin(StoreSnapshot snapshot, long now) {
        lanes.order.clear();
        lanes.inFlight.clear(now);
        lanes.allowances.forgetRuns();
        lanes.allowances.queues().forEach(queue -> queue.pause(null));
        lanes.pauses.endAll();
        snapshot.pauses().forEach(this::pause);
        lanes.quotas.opened(snapshot.tally());
        lanes.allowances.started.opened(snapshot);
        for (LaneCount count : snapshot.lanes()) {
            lanes.order.lane(count.lane()).stored(count.queued(), count.oldest());
        }
        lanes.begin();
        snapshot.running().forEach(job -> lanes.inFlight.committed(job, false, now, () -> drew(job, now)));
    }

    /** Restores the state of limits from the store. */
    void restore(List<LimitUse> uses) {
        lanes.lock.change(() -> {
            lanes.allowances.restore(uses, lanes.now());
            lanes.canaries.restore(uses);
            lanes.quotas.restore(uses);
        });
    }

    void hosts(Hosts hosts) {
        lanes.lock.change(() -> {
            lanes.rooms.follow(hosts);
            lanes.inFlight.follow(lanes.rooms::slots);
            lanes.leadership.follow(hosts.isLeader());
        });
    }

    /** Begins a leadership from the values that the previous leader stored, as after a start of the host, and from reports of runs. */
    void takeOver(int number, List<LimitUse> uses) {
        lanes.lock.change(() -> {
            if (lanes.leadership.begin(number)) {
                List<LimitUse> counted = lanes.allowances.counted();
                lanes.inFlight.begin(lanes.now());
                lanes.allowances.takeOver(uses, counted, lanes.now());
                lanes.canaries.restore(uses);
                lanes.quotas.restore(uses);
                lanes.order.forgetTurns();
            }
        });
    }

    void paused(Pause pause) {
        lanes.lock.change(() -> pause(pause));
    }

    private void pause(Pause pause) {
        PauseTarget target = pause.target();
        if (target.kind() == PauseTarget.TargetKind.QUEUE) {
            queue(target).pause(pause);
        } else {
            lanes.pauses.begin(pause);
        }
    }

    void resumed(PauseTarget target) {
        lanes.lock.change(() -> {
            if (target.kind() == PauseTarget.TargetKind.QUEUE) {
                queue(target).pause(null);
            } else {
                lanes.pauses.end(target);
            }
        });
    }

    private NamedQueue queue(PauseTarget target) {
        return lanes.allowances.queue(target.name(), lanes.now());
    }

    /** Returns a job whose start has drawn the stored amounts from its limits. */
    private JobInFlight drew(JobSummary job, long now) {
        JobInFlight held = inFlight(job);
        held.drew(Demand.of(job.estimate()), EpochNanos.of(job.changedAt()), now);
        return held;
    }

    void committed(List<Committed> changes) {
        lanes.lock.change(() -> {
            long now = lanes.now();
            for (Committed change : changes) {
                committed(change, now);
                lanes.quotas.committed(change.before(), change.after());
            }
        });
    }

    private void committed(Committed change, long now) {
        JobSummary before = change.before();
        JobSummary after = change.after();
        boolean stood = before != null && before.status() == JobStatus.QUEUED;
        boolean stands = after.status() == JobStatus.QUEUED;
        ended(before, after, now);
        lanes.allowances.started.committed(before, after);
        JobInFlight taken = stands ? lanes.inFlight.find(after.id()) : null;
        boolean onItsWay = taken != null && !taken.isStarted();
        if (taken != null
                && onItsWay) { // including a job that was read from the store before its commit was delivered here
            taken.movedTo(taken(after, lanes.groups.group(after.lane())));
        }
        if (!onItsWay) {
            lanes.inFlight.committed(after, change.elsewhere(), now, () -> startedUntaken(change, now));
            given(change);
        }
        if (before != null && stood) {
            leave(before);
        }
        if (stands) {
            arrive(after, onItsWay);
        }
    }

    /** Records the handler version of a started run. Only the event of the start contains it. */
    private void given(Committed change) {
        JobEvent event = change.event();
        HandlerName handler = event == null ? null : event.change().run().handler();
        if (handler == null || change.after().status() != JobStatus.RUNNING) {
            return;
        }
        JobInFlight held = lanes.inFlight.find(change.after().id());
        if (held != null) {
            held.givenTo(handler.version());
        }
    }

    /** Reports completed and failed attempts to the circuit and the canary of their type, and to their limits. */
    private void ended(@Nullable JobSummary before, JobSummary after, long now) {
        if (before == null || before.status() != JobStatus.RUNNING || after.status() == JobStatus.RUNNING) {
            return;
        }
        String type = after.lane().type();
        Circuit circuit = lanes.allowances.circuitOf(type);
        boolean completed = after.status() == JobStatus.COMPLETED;
        boolean failed = after.status() == JobStatus.FAILED || after.reason() == Reason.RETRY;
        if (!completed && !failed) {
            return;
        }
        JobInFlight held = lanes.inFlight.find(after.id());
        if (held != null) {
            Instant began = after.startedAt();
            held.ended(failed, began == null ? 0 : nanosBetween(began, after.changedAt()), now);
        }
        if (circuit != null) {
            circuit.ended(failed, held == null ? 0 : held.takenAt(), now);
        }
        String version = held == null ? null : held.version();
        if (version != null) {
            lanes.canaries.ended(type, version, failed, now);
        }
    }

    /** Returns the time between two instants of one host's clock; at least 1 ns. */
    private static long nanosBetween(Instant began, Instant ended) {
        return Math.max(1, Duration.between(began, ended).toNanos());
    }

    /** Subtracts the amounts that the leader's start of a job took. A start that was abandoned here has drawn nothing. */
    private JobInFlight startedUntaken(Committed start, long now) {
        if (!start.elsewhere()) {
            return inFlight(start.after());
        }
        lanes.begin(); // a host that decides nothing still applies the configuration
        JobInFlight held = inFlight(start.after());
        held.take(Demand.of(start.after().estimate()), now);
        return held;
    }

    private JobInFlight inFlight(JobSummary job) {
        LaneGroup group = lanes.groups.group(job.lane());
        return new JobInFlight(
                new ClaimCandidate(
                        job.lane(),
                        position(job),
                        group.queue().name,
                        null,
                        null,
                        job.lane().handlerVersion(),
                        lanes.rooms.slots(job.lane(), job.incarnation())),
                group.queue().allows,
                group.limits(),
                lanes.groups.shares(job.lane().submitter()));
    }

    private static ClaimCandidate taken(JobSummary job, LaneGroup group) {
        return new ClaimCandidate(job.lane(), position(job), group.queue().name);
    }

    private void arrive(JobSummary job, boolean onItsWay) {
        Lane lane = lanes.order.lane(job.lane());
        lane.count(1);
        if (!onItsWay) {
            lane.arrived(position(job), lanes.refills.windowLimit());
        }
    }

    private void leave(JobSummary job) {
        Lane lane = lanes.order.find(job.lane());
        if (lane != null) {
            lane.left(position(job));
            lanes.order.dropIfEmpty(lane);
        }
    }

    private static ReadyJob position(JobSummary job) {
        Instant readyAt = job.readyAt();
        if (readyAt == null) {
            throw new IllegalStateException("job " + job.id() + " is ready or running but has no ready instant");
        }
        return new ReadyJob(readyAt, job.id(), job.estimate());
    }
}
