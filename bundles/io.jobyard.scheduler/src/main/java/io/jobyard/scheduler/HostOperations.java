// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.QueuePause;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.AuditStore;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.QueueManager;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people do to queues, and to bundles that are set aside. Safe for use by several threads. */
final class HostOperations {

    private static final int MAX_REASON = 1_000;

    private final QueueManager queue;
    private final BundleQuarantine quarantine;
    private final AuditStore audit;
    private final Access access;
    private final Clock clock;

    HostOperations(QueueManager queue, BundleQuarantine quarantine, AuditStore audit, Access access, Clock clock) {
        this.queue = queue;
        this.quarantine = quarantine;
        this.audit = audit;
        this.access = access;
        this.clock = clock;
    }

    void pause(String name, Caller caller, @Nullable String reason, @Nullable Instant until) {
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
        queue.pause(
                new QueuePause(TermsChecks.name("queue", name), caller.inHistory(), now, text, end),
                AuditEntries.pause(caller, now, name, text, end));
    }

    void resume(String name, Caller caller) {
        access.require(caller, Operation.RESUME);
        queue.resume(TermsChecks.name("queue", name), AuditEntries.resume(caller, clock.instant(), name));
    }

    void release(String bundle, Caller caller) {
        access.require(caller, Operation.RELEASE);
        quarantine.release(bundle);
        Futures.join(audit.append(AuditEntries.release(caller, clock.instant(), bundle)));
    }
}
