// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.limits.NamedLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ready jobs with the same key: their number in the store, and the first of them in memory.
 * <p>The window contains every ready job up to the edge. Jobs after the edge are only in the store; a refill reads them. Without an edge,
 * the window contains the whole lane. Guarded by the lock of {@link Lanes}.
 */
final class Lane {

    private static final int MOST_OVERSIZED = 10_000;
    private static final JobId BEFORE_ALL = new JobId(new UUID(0, 0));

    final LaneKey key;
    final LaneGroup group;
    /** Limits of its key. */
    final List<NamedLimit> asked;

    private long queued;

    private @Nullable SubmitterTurn submitter;
    private List<Allowance> shares = List.of();
    private List<Allowance> values = List.of();
    private @Nullable Allowance parkedOn;

    private final ReadyWindow window = new ReadyWindow();
    /** Some of the jobs that need more than a limit can ever provide. They block no other jobs. */
    private final Set<ReadyJob> oversized = new TreeSet<>();

    private @Nullable ReadyJob edge;
    private boolean refilling;
    private @Nullable ReadyJob sortedBy;
    private final long number;
    private int placeInGroup;
    private int placeOfSubmitter;

    Lane(LaneKey key, LaneGroup group, long number) {
        this.key = key;
        this.group = group;
        asked = NamedLimit.all(key.limits());
        this.number = number;
    }

    /** Returns the index in the owner's list. */
    int position(LaneList.Owner owner) {
        return owner == LaneList.Owner.GROUP ? placeInGroup : placeOfSubmitter;
    }

    void position(LaneList.Owner owner, int position) {
        if (owner == LaneList.Owner.GROUP) {
            placeInGroup = position;
        } else {
            placeOfSubmitter = position;
        }
    }

    /** Returns the first job by which the group has sorted this lane. It changes only while the lane is not in the group's set. */
    ReadyJob sortedBy() {
        return Objects.requireNonNull(sortedBy);
    }

    /** Returns a number that no other lane has. */
    long number() {
        return number;
    }

    SubmitterTurn submitter() {
        return Objects.requireNonNull(submitter);
    }

    /** Returns the allowances of its submitter, some of them shared with other submitters. */
    List<Allowance> shares() {
        return shares;
    }

    void shares(List<Allowance> ofSubmitter) {
        group.countShares((ofSubmitter.isEmpty() ? 0 : 1) - (shares.isEmpty() ? 0 : 1));
        shares = ofSubmitter;
    }

    /** Returns the values of limits that it uses in addition to its group's limits. */
    List<Allowance> values() {
        return values;
    }

    void values(List<Allowance> next) {
        next.forEach(value -> value.lanes(1));
        values.forEach(value -> value.lanes(-1));
        values = next;
    }

    /** Returns the value that excludes the lane from decisions; null without one. */
    @Nullable
    Allowance parkedOn() {
        return parkedOn;
    }

    void park(Allowance on) {
        group.countParked(parkedOn == null ? 1 : 0);
        parkedOn = on;
        sort();
    }

    void unpark() {
        group.countParked(parkedOn == null ? 0 : -1);
        parkedOn = null;
        sort();
    }

    void belongsTo(SubmitterTurn owner) {
        submitter = owner;
        if (sortedBy != null) {
            owner.enter(this);
        }
    }

    /** Returns the number of the lane's jobs in the store. */
    long queued() {
        return queued;
    }

    /** Changes the number of jobs in the store. */
    void count(long difference) {
        queued += difference;
        group.count(difference);
    }

    /** Sets the initial state: jobs that only the store has. */
    void stored(long count, Instant first) {
        count(count - queued);
        edge = new ReadyJob(first, BEFORE_ALL);
        sort();
    }

    void arrived(ReadyJob job, int limit) {
        ReadyJob last = edge;
        if (last == null || refilling || job.compareTo(last) <= 0) {
            window.add(job);
            group.seen(job);
            trim(limit);
            sort();
        }
    }

    void left(ReadyJob job) {
        count(-1);
        window.remove(job);
        oversized.remove(job);
        if (queued == 0 && !refilling) {
            edge = null;
        }
        sort();
    }

    boolean hasNext() {
        return !window.isEmpty() || edge != null;
    }

    boolean isEmpty() {
        return queued <= 0 && !hasNext() && !refilling;
    }

    boolean needsRefill() {
        return window.isEmpty() && edge != null;
    }

    boolean isRefilling() {
        return refilling;
    }

    /** Returns the first jobs of the lane, in order; not all of them if {@link #isCut}. */
    Collection<ReadyJob> positions() {
        return window;
    }

    /** Returns whether the store has more jobs of the lane than the window. */
    boolean isCut() {
        return edge != null;
    }

    /**
     * Returns the position of the first job. While the job is only in the store, returns a position that is not after it. Call it only if
     * the lane has a job.
     */
    ReadyJob head() {
        return window.isEmpty() || refilling ? Objects.requireNonNull(edge) : window.first();
    }

    /** Returns the demand of the first job; its lower bound while the job is only in the store. */
    Demand demand() {
        if (!key.estimated()) {
            return Demand.USUAL;
        }
        return window.isEmpty() || refilling
                ? Demand.LEAST
                : Demand.of(window.first().estimate());
    }

    ReadyJob take() {
        ReadyJob head = window.pollFirst();
        if (head == null) {
            throw new IllegalStateException("nothing in the window of " + key);
        }
        sort();
        return head;
    }

    /** Skips the first job, which can never start. Returns false if too many have been skipped. */
    boolean passOver() {
        if (oversized.size() == MOST_OVERSIZED) {
            return false;
        }
        oversized.add(take());
        return true;
    }

    /** Examines skipped jobs again, because limits have changed. */
    void lookAgain() {
        window.addAll(oversized);
        oversized.clear();
        sort();
    }

    /** Returns the skipped jobs. */
    Collection<ReadyJob> oversized() {
        return oversized;
    }

    @Nullable
    ReadyJob beginRefill() {
        refilling = true;
        sort();
        return edge;
    }

    void endRefill(Collection<ReadyJob> read, boolean more) {
        refilling = false;
        window.addAll(read);
        read.forEach(group::seen);
        if (!more) {
            edge = null;
        } else {
            edge = read.stream().max(ReadyJob::compareTo).orElseThrow();
            window.keepUpTo(edge);
        }
        sort();
    }

    void abandonRefill() {
        refilling = false;
        ReadyJob last = edge;
        if (last != null) {
            window.keepUpTo(last);
        }
        sort();
    }

    /** Sorts the lane in its group, if it has a next job and takes part in decisions. */
    private void sort() {
        ReadyJob now = parkedOn == null && hasNext() ? head() : null;
        ReadyJob before = sortedBy;
        if (now == before || now != null && before != null && now.compareTo(before) == 0) {
            return;
        }
        if (before != null) {
            group.byHead.remove(this);
            if (submitter != null) {
                submitter.leave(this);
            }
        }
        sortedBy = now;
        if (now != null) {
            group.byHead.add(this);
            if (submitter != null) {
                submitter.enter(this);
            }
        }
    }

    private void trim(int limit) {
        if (refilling || window.size() <= 2 * limit) {
            return;
        }
        window.keep(limit);
        edge = window.last();
    }
}
