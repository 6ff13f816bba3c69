// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Reason;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Brings to the lanes, to what is in flight and to the quotas what was committed. Guarded by the lock of {@link Lanes}. */
final class CommitFollower {

    private final StartOrder order;
    private final LaneGroups groups;
    private final JobsInFlight inFlight;
    private final Allowances allowances;
    private final Pauses pauses;
    private final SubmissionQuotas quotas;
    private final Clock clock;
    private final IntSupplier windowLimit;

    CommitFollower(
            StartOrder order,
            LaneGroups groups,
            JobsInFlight inFlight,
            Allowances allowances,
            Pauses pauses,
            SubmissionQuotas quotas,
            Clock clock,
            IntSupplier windowLimit) {
        this.order = order;
        this.groups = groups;
        this.inFlight = inFlight;
        this.allowances = allowances;
        this.pauses = pauses;
        this.quotas = quotas;
        this.clock = clock;
        this.windowLimit = windowLimit;
    }

    void opened(StoreSnapshot snapshot) {
        Instant at = clock.instant();
        long now = EpochNanos.of(at);
        order.clear();
        inFlight.clear(now);
        allowances.forgetRuns();
        allowances.queues().forEach(queue -> queue.pause(null));
        pauses.endAll();
        snapshot.pauses().forEach(this::paused);
        quotas.opened(snapshot.tally());
        for (LaneCount count : snapshot.lanes()) {
            order.lane(count.lane()).stored(count.queued(), count.oldest());
        }
        order.begin(at);
        snapshot.running().forEach(job -> inFlight.committed(job, false, now, () -> drew(job, now)));
    }

    void paused(Pause pause) {
        PauseTarget target = pause.target();
        if (target.kind() == PauseTarget.Kind.QUEUE) {
            queue(target).pause(pause);
        } else {
            pauses.begin(pause);
        }
    }

    void resumed(PauseTarget target) {
        if (target.kind() == PauseTarget.Kind.QUEUE) {
            queue(target).pause(null);
        } else {
            pauses.end(target);
        }
    }

    private NamedQueue queue(PauseTarget target) {
        return allowances.queue(target.name(), EpochNanos.of(clock.instant()));
    }

    /** One whose start has drawn what is stored of its limits. */
    private JobInFlight drew(JobSummary job, long now) {
        JobInFlight held = inFlight(job);
        held.drew(Demand.of(job.estimate()), EpochNanos.of(job.changedAt()), now);
        return held;
    }

    void committed(List<Committed> changes) {
        long now = EpochNanos.of(clock.instant());
        for (Committed change : changes) {
            committed(change, now);
            quotas.committed(change.before(), change.after());
        }
    }

    private void committed(Committed change, long now) {
        JobSummary before = change.before();
        JobSummary after = change.after();
        boolean stood = before != null && before.status() == JobStatus.QUEUED;
        boolean stands = after.status() == JobStatus.QUEUED;
        ended(before, after, now);
        // also one that was taken from the store before its commit was heard of here
        boolean onItsWay = stands && inFlight.moved(taken(after, groups.group(after.lane())));
        if (!onItsWay) {
            inFlight.committed(after, change.elsewhere(), now, () -> startedUntaken(change, now));
            given(change);
        }
        if (before != null && stood) {
            leave(before);
        }
        if (stands) {
            arrive(after, onItsWay);
        }
    }

    /** The version that a run is given to is told with its start alone. */
    private void given(Committed change) {
        JobEvent event = change.event();
        HandlerName handler = event == null ? null : event.change().run().handler();
        if (handler == null || change.after().status() != JobStatus.RUNNING) {
            return;
        }
        JobInFlight held = inFlight.find(change.after().id());
        if (held != null) {
            held.givenTo(handler.version());
        }
    }

    /** Whether attempts complete or fail is what the circuit and the canary of their type go by, and their limits. */
    private void ended(@Nullable JobSummary before, JobSummary after, long now) {
        if (before == null || before.status() != JobStatus.RUNNING || after.status() == JobStatus.RUNNING) {
            return;
        }
        String type = after.lane().type();
        Circuit circuit = allowances.circuitOf(type);
        boolean completed = after.status() == JobStatus.COMPLETED;
        boolean failed = after.status() == JobStatus.FAILED || after.reason() == Reason.RETRY;
        if (!completed && !failed) {
            return;
        }
        JobInFlight held = inFlight.find(after.id());
        if (held != null) {
            held.ended(failed);
        }
        if (circuit != null) {
            circuit.ended(failed, held == null ? 0 : held.takenAt(), now);
        }
        String version = held == null ? null : held.version();
        if (version != null) {
            allowances.ended(type, version, failed, now);
        }
    }

    /** What the leader's start of a job took is missing here too; a start that was given up here has drawn nothing. */
    private JobInFlight startedUntaken(Committed start, long now) {
        if (!start.elsewhere()) {
            return inFlight(start.after());
        }
        order.begin(clock.instant()); // a host that decides nothing goes by what is configured all the same
        JobInFlight held = inFlight(start.after());
        held.take(Demand.of(start.after().estimate()), now);
        return held;
    }

    private JobInFlight inFlight(JobSummary job) {
        LaneGroup group = groups.group(job.lane());
        return new JobInFlight(
                taken(job, group),
                group.queue().allows,
                group.limits(),
                groups.shares(job.lane().submitter()));
    }

    private static ClaimCandidate taken(JobSummary job, LaneGroup group) {
        return new ClaimCandidate(job.lane(), position(job), group.queue().name);
    }

    private void arrive(JobSummary job, boolean onItsWay) {
        Lane lane = order.lane(job.lane());
        lane.count(1);
        if (!onItsWay) {
            lane.arrived(position(job), windowLimit.getAsInt());
        }
    }

    private void leave(JobSummary job) {
        Lane lane = order.find(job.lane());
        if (lane != null) {
            lane.left(position(job));
            order.dropIfEmpty(lane);
        }
    }

    private static ReadyJob position(JobSummary job) {
        Instant readyAt = job.readyAt();
        if (readyAt == null) {
            throw new IllegalStateException("job " + job.id() + " is ready or runs, and has no ready instant");
        }
        return new ReadyJob(readyAt, job.id(), job.estimate());
    }
}
