// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryListener;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.queue.CanaryQueries;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Canaries, as this host and the leader know them. Reports rollbacks to the audit and to listeners. */
final class CanaryRollbacks implements CanaryQueries {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryRollbacks.class);

    private final Lanes lanes;
    private final LimitStore limits;
    private final AuditStore audit;
    private final List<CanaryListener> listeners = new CopyOnWriteArrayList<>();

    CanaryRollbacks(Lanes lanes, LimitStore limits, AuditStore audit) {
        this.lanes = lanes;
        this.limits = limits;
        this.audit = audit;
    }

    void add(CanaryListener listener) {
        listeners.add(listener);
    }

    void remove(CanaryListener listener) {
        listeners.remove(listener);
    }

    @Override
    public List<CanaryStatus> statuses() {
        follow();
        return lanes.ask(() -> lanes.canaries.statuses().toList());
    }

    @Override
    public boolean isRolledBack(String type) {
        return lanes.canaries.isRolledBack(type);
    }

    @Override
    public boolean hasRolledBack(String type) {
        return lanes.leadership.isHeld()
                ? isRolledBack(type)
                : limits.uses(Set.of(Canary.key(type))).stream().anyMatch(use -> !use.isNothing());
    }

    /** Reads the leader's rollbacks. Only the leader decides, because other hosts may not have seen the runs that caused one. */
    private void follow() {
        Set<LimitKey> known = lanes.lock.get(lanes.canaries::keysElsewhere);
        if (!known.isEmpty()) {
            List<LimitUse> stored = limits.uses(known);
            lanes.lock.change(() -> lanes.canaries.follow(stored));
        }
    }

    /** Returns a finding if the leader's rollbacks cannot be read. */
    List<Finding> findings() {
        try {
            follow();
            return List.of();
        } catch (StoreException e) {
            return List.of(new Finding(
                    "canaries",
                    "cannot read from the database which canaries rolled back: " + e.getMessage(),
                    "make the database available"));
        }
    }

    /** Reports the rollbacks since the last call. Waits for no lock. */
    void tell() {
        lanes.lock.get(lanes.canaries::takeRollbacks).forEach(this::tell);
    }

    private void tell(CanaryStatus canary) {
        audit.append(entry(canary)).exceptionally(fault -> {
            LOG.warn("Could not write the rollback of canary {} to the audit: {}", canary.type(), fault.getMessage());
            return null;
        });
        for (CanaryListener listener : listeners) {
            try {
                listener.rolledBack(canary);
            } catch (RuntimeException | Error e) { // the commits of other hosts must follow
                LOG.warn("Listener {} failed on the rollback of canary {}", listener, canary.type(), e);
            }
        }
    }

    private static AuditEntry entry(CanaryStatus canary) {
        String detail = "no job goes to " + canary.share().versions() + " any more because too many runs failed: "
                + runs(canary.canary()) + " there and " + runs(canary.others()) + " on other versions";
        return new AuditEntry(
                Objects.requireNonNull(canary.rolledBackAt()),
                HistoryEvent.HOST,
                "rollback",
                "type " + canary.type(),
                detail);
    }

    private static String runs(CanaryStatus.Runs runs) {
        return runs.failed() + " of " + runs.ended();
    }
}
