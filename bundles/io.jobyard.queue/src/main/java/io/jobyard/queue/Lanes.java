// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.Slots;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The lanes in memory, and everything that determines the next job. The one {@link QueueLock} guards each part except {@link #leadership},
 * which has its own lock. The tasks acquire the lock themselves; all other parts require it.
 */
final class Lanes {

    final QueueLock lock = new QueueLock();
    final LeaderTerm leadership = new LeaderTerm();
    final JobsInFlight inFlight = new JobsInFlight();
    final Pauses pauses = new Pauses();
    final Allowances allowances;
    final Canaries canaries;
    final SubmissionQuotas quotas;
    final HostCapacity rooms;
    final BegunVersions begun;
    final LaneGroups groups;
    final GateRules rules;
    final StartOrder order;
    private final Clock clock;

    // tasks, which acquire the lock
    final CommitFollower follower;
    final LaneRefills refills;
    final LaneClaims claims;
    final RunDraws draws;
    final LaneOverview overview;
    final LimitOverview limits;
    final QueueFindings findings;

    /** @param window maximum number of jobs of a lane in memory */
    Lanes(
            Supplier<QueueSettings> settings,
            Supplier<LimitCatalog> catalog,
            HandlerCatalog handlers,
            Gates gates,
            LaneReader reader,
            Clock clock,
            int window) {
        this.clock = clock;
        ParkedLanes parked = new ParkedLanes();
        allowances = new Allowances(parked::moved);
        canaries = new Canaries(allowances::changed, leadership::isHeld);
        quotas = new SubmissionQuotas(allowances::changed);
        rooms = new HostCapacity(handlers, gates, inFlight, allowances, canaries);
        begun = new BegunVersions(handlers, rooms, canaries);
        groups = new LaneGroups(allowances, canaries, catalog, handlers, rooms, begun, parked);
        rules = new GateRules(groups, gates, rooms, begun, inFlight, pauses);
        order = new StartOrder(settings, groups, rules, inFlight, parked);
        refills = new LaneRefills(lock, order, reader, window);
        follower = new CommitFollower(this);
        claims = new LaneClaims(this);
        draws = new RunDraws(this);
        overview = new LaneOverview(this, reader);
        limits = new LimitOverview(this);
        findings = new QueueFindings(this);
    }

    Instant instant() {
        return clock.instant();
    }

    long now() {
        return EpochNanos.of(instant());
    }

    /** Applies the current configuration. Requires the lock. */
    void begin() {
        order.begin(instant());
    }

    /** Runs a query while the lanes do not change. */
    <T> T ask(Supplier<T> question) {
        return lock.get(() -> {
            Slots left = rooms.begin(new Slots(1, 1)); // restores the value of a claim that is reading the store now
            try {
                order.look(instant());
                return question.get();
            } finally {
                rooms.begin(left);
            }
        });
    }
}
