// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Blocker;
import io.jobyard.api.QueuePause;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.limiting.LimitStore;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people do to queues, and to bundles that are set aside. Safe for use by several threads. */
final class HostOperations {

    private static final int MAX_REASON = 1_000;

    private final QueueManager queue;
    private final LimitStore limits;
    private final BundleQuarantine quarantine;
    private final AuditStore audit;
    private final Access access;
    private final Clock clock;

    HostOperations(
            QueueManager queue,
            LimitStore limits,
            BundleQuarantine quarantine,
            AuditStore audit,
            Access access,
            Clock clock) {
        this.queue = queue;
        this.limits = limits;
        this.quarantine = quarantine;
        this.audit = audit;
        this.access = access;
        this.clock = clock;
    }

    synchronized void pause(String name, Caller caller, @Nullable String reason, @Nullable Instant until) {
        access.require(caller, Operation.PAUSE);
        Instant now = clock.instant();
        Instant end = TermsChecks.micros("until", until);
        if (end != null && !end.isAfter(now)) {
            throw new ValidationException("until " + end + " has passed: use a time after " + now);
        }
        if (reason != null && (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ValidationException("the reason is refused: use at most " + MAX_REASON + " printable characters");
        }
        String text = reason == null || reason.isBlank() ? null : reason;
        Futures.join(limits.pause(
                new QueuePause(TermsChecks.name("queue", name), caller.inHistory(), now, text, end),
                AuditEntries.pause(caller, now, name, text, end)));
    }

    /** One at a time with pauses, so that only a pause that was seen is ended, once. */
    synchronized void resume(String name, Caller caller) {
        access.require(caller, Operation.RESUME);
        Instant now = clock.instant();
        refuseIfNotPaused(TermsChecks.name("queue", name), now);
        Futures.join(limits.resume(name, AuditEntries.resume(caller, now, name)));
    }

    /** Asks the store for pauses: right after a start the queue has not heard of them. */
    private void refuseIfNotPaused(String name, Instant now) {
        boolean paused = limits.pauses().stream()
                .filter(pause -> pause.queue().equals(name))
                .anyMatch(pause -> pause.until() == null || pause.until().isAfter(now));
        if (paused) {
            return;
        }
        boolean byConfiguration = queue.queues().stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.shutBy().stream())
                .anyMatch(blocker -> blocker.gate().equals(Blocker.PAUSED));
        throw new StateConflictException(
                byConfiguration
                        ? "queue " + name + " is paused by its configuration: take paused = true out of"
                                + " etc/io.jobyard.queues-" + name + ".cfg"
                        : "queue " + name + " is not paused; job:queues shows which are");
    }

    void release(String bundle, Caller caller) {
        access.require(caller, Operation.RELEASE);
        quarantine.release(bundle);
        Futures.join(audit.append(AuditEntries.release(caller, clock.instant(), bundle)));
    }
}
