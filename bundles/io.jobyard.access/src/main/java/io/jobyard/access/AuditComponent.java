// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.AuditSeal;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.JobRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the audit. Every minute and at the end it adds what was refused too often to be told one by one, and brings the head
 * to a file outside the database.
 */
@Component(
        service = {AuditTrail.class, AuditComponent.class},
        immediate = true)
public final class AuditComponent implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditComponent.class);
    private static final int EVERY_SECONDS = 60;

    private final Audit audit;
    private final Refusals refusals;
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jobyard-audit-1"));

    @Activate
    public AuditComponent(BundleContext context, @Reference JobRepository repository, @Reference Clock clock) {
        AuditHeads heads = new AuditHeads(AuditSeal.data(context).resolve("audit.heads"));
        audit = new Audit(repository, AuditSeal.of(context), heads, clock);
        refusals = new Refusals(clock, entry -> put(repository, entry));
        keeper.scheduleWithFixedDelay(this::keep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        keeper.shutdown();
        keep(); // after one that is at it: the audit lets them by one at a time
    }

    Refusals refusals() {
        return refusals;
    }

    /** Nobody waits for it. */
    private static void put(JobRepository repository, AuditEntry entry) {
        repository.audit(entry).whenComplete((done, fault) -> {
            if (fault != null) {
                tellMissing(entry, fault);
            }
        });
    }

    private static void tellMissing(AuditEntry refusal, Throwable fault) {
        LOG.warn("A refusal is not in the audit ({}): {} {}", fault.getMessage(), refusal.who(), refusal.detail());
    }

    private void keep() {
        for (AuditEntry sum : refusals.rest()) {
            try {
                audit.add(sum);
            } catch (RuntimeException e) {
                tellMissing(sum, e);
            }
        }
        try {
            audit.keepHead();
        } catch (RuntimeException e) {
            LOG.warn("The head of the audit could not be kept: {}", e.getMessage());
        }
    }

    @Override
    public void add(AuditEntry entry) {
        audit.add(entry);
    }

    @Override
    public void each(Predicate<AuditRow> reader) {
        audit.each(reader);
    }

    @Override
    public long cut(Instant before, boolean dryRun) {
        return audit.cut(before, dryRun);
    }

    @Override
    public List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit) {
        return audit.find(since, who, action, limit);
    }

    @Override
    public Optional<String> verify() {
        return audit.verify();
    }
}
