// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs from the lanes and starts them in the store. */
final class StoredClaims implements JobClaims, AdmissionStarts {

    private record StartTerms(Supplier<Slots> room, StartRule rule, Consumer<List<Assignment>> runs) {}

    private static final Logger LOG = LoggerFactory.getLogger(StoredClaims.class);

    private final Lanes lanes;
    private final JobStore store;
    private final LimitStore limits;
    private final LimitUseWriter limitUses;
    /** Null if no job may start in the commit that admits it. */
    private volatile @Nullable StartTerms terms;

    StoredClaims(Lanes lanes, JobStore store, LimitStore limits, LimitUseWriter limitUses) {
        this.lanes = lanes;
        this.store = store;
        this.limits = limits;
        this.limitUses = limitUses;
    }

    @Override
    public List<Assignment> claim(Supplier<Slots> room, Duration timeout, StartRule rule) throws InterruptedException {
        takeOver();
        List<ClaimCandidate> taken = lanes.claims.take(room, timeout);
        if (taken.isEmpty()) {
            return List.of();
        }
        List<ClaimCandidate> gone = List.of();
        try {
            limitUses.store();
            ClaimResult claimed = Futures.join(store.claim(taken, rule));
            gone = claimed.gone();
            return ofThisHost(claimed.runs());
        } finally {
            lanes.claims.settle(taken, gone);
        }
    }

    @Override
    public void startAdmitted(Supplier<Slots> room, StartRule rule, Consumer<List<Assignment>> runs) {
        terms = new StartTerms(room, rule, runs);
    }

    /** Stops starting new jobs in their admission commit, because the lanes no longer receive the commits. */
    void close() {
        terms = null;
    }

    @Override
    public @Nullable Move start(StoredJob admitted) {
        StartTerms current = terms;
        Instant readyAt = admitted.books().readyAt();
        if (current == null || readyAt == null) {
            return null;
        }
        try {
            ReadyJob position = new ReadyJob(readyAt, admitted.id(), admitted.estimate());
            ClaimCandidate taken = lanes.claims.takeAdmitted(admitted.lane(), position, current.room());
            Move move = taken == null ? null : current.rule().start(admitted, taken);
            return move == null || move.state().status() != JobStatus.RUNNING ? null : move;
        } catch (RuntimeException e) { // the admission is valid, and a claim will report the reason
            LOG.warn("Job {} cannot start in the commit that admits it: {}", admitted.id(), e.toString());
            return null;
        }
    }

    /** Hands the runs over first, so that their workers do not count as free in between. */
    @Override
    public void settle(List<Assignment> runs) {
        StartTerms current = terms;
        try {
            if (current != null) {
                current.runs().accept(ofThisHost(runs));
            }
        } finally {
            lanes.claims.settleAdmitted();
        }
    }

    /** Takes over the leadership, if one begins. This runs here and not in the notification, which uses a thread of the store. */
    private void takeOver() {
        int begins = lanes.leadership.begins();
        if (begins > 0) {
            lanes.follower.takeOver(begins, limits.uses());
        }
    }

    private List<Assignment> ofThisHost(List<Assignment> runs) {
        UUID self = store.incarnation();
        return runs.stream()
                .filter(run -> self.equals(run.stored().incarnation()))
                .toList();
    }

    @Override
    public void wake() {
        lanes.lock.wake();
    }
}
