// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryListener;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who wants to know that canaries have rolled back: the audit, and those who listen. */
final class CanaryRollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryRollbacks.class);

    private final AuditStore audit;
    private final List<CanaryListener> listeners = new CopyOnWriteArrayList<>();

    CanaryRollbacks(AuditStore audit) {
        this.audit = audit;
    }

    void add(CanaryListener listener) {
        listeners.add(listener);
    }

    void remove(CanaryListener listener) {
        listeners.remove(listener);
    }

    /** Waits for nobody. */
    void tell(CanaryStatus canary) {
        audit.append(entry(canary)).exceptionally(fault -> {
            LOG.warn("The audit lacks that the canary of {} rolled back: {}", canary.type(), fault.getMessage());
            return null;
        });
        for (CanaryListener listener : listeners) {
            try {
                listener.rolledBack(canary);
            } catch (RuntimeException | Error e) { // the commits of others come after it
                LOG.warn("{} failed to hear that the canary of {} rolled back", listener, canary.type(), e);
            }
        }
    }

    private static AuditEntry entry(CanaryStatus canary) {
        String detail = "no job goes to " + canary.share().versions() + " any more: " + runs(canary.canary())
                + " runs failed there, and " + runs(canary.others()) + " on other versions";
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
