// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every minute, and when the host stops, adds the count of repeated refusals to the audit and copies the last row to a
 * file outside the database. Every hour, and when the host stops, records the seals of the histories before that.
 */
@Component(service = AuditKeeper.class, immediate = true)
public final class AuditKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final int SEALS_EVERY = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Audit audit;
    private final Duration timeout;
    private final Refusals refusals;
    private final LoopThread loop =
            new LoopThread("jobyard-audit-1", "The audit is not updated", this::round, () -> keep(true));
    /** Number of rounds so far; only the loop's thread uses it. */
    private int rounds;

    @Activate
    public AuditKeeper(@Reference Audit audit, @Reference AuditStore store, @Reference Clock clock) {
        this(audit, store, clock, TIMEOUT);
    }

    AuditKeeper(Audit audit, AuditStore store, Clock clock, Duration timeout) {
        this.audit = audit;
        this.timeout = timeout;
        refusals = new Refusals(clock, entry -> put(store, entry));
        loop.start(); // record from the start that the incarnation belongs to this instance
    }

    /** Runs a last round. If the store does not answer, the thread ends with the host. */
    @Deactivate
    void stop() {
        if (!loop.stop(timeout)) {
            LOG.warn("The store does not answer; the last audit entries were not written");
        }
    }

    private Duration round() {
        int past = rounds++;
        keep(past > 0 && past % SEALS_EVERY == 0);
        return EVERY;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Adds the entry without waiting for the store. */
    private static void put(AuditStore store, AuditEntry entry) {
        store.append(entry).whenComplete((done, fault) -> {
            if (fault != null) {
                tellMissing(entry, fault);
            }
        });
    }

    private static void tellMissing(AuditEntry refusal, Throwable fault) {
        LOG.warn(
                "Cannot write a refusal to the audit ({}): {} {}", fault.getMessage(), refusal.who(), refusal.detail());
    }

    private void keep(boolean seals) {
        for (AuditEntry sum : refusals.rest()) {
            try {
                audit.add(sum);
            } catch (RuntimeException e) {
                tellMissing(sum, e);
            }
        }
        if (seals) {
            try {
                audit.keepSeals();
            } catch (RuntimeException e) {
                LOG.warn("Cannot write the seals of the histories to the audit: {}", e.getMessage());
            }
        }
        try {
            audit.keepHead();
        } catch (RuntimeException e) {
            LOG.warn("Cannot store the head of the audit: {}", e.getMessage());
        }
    }
}
