// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Blocker;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations of users on queues and on quarantined bundles. */
final class HostOperations {

    private final QueueQueries queue;
    private final LimitStore limits;
    private final BundleQuarantine quarantine;
    private final AuditStore audit;
    private final Access access;
    private final Clock clock;

    HostOperations(
            QueueQueries queue,
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

    synchronized void pause(PauseTarget target, Caller caller, @Nullable String reason, @Nullable Instant until) {
        access.require(caller, AccessRule.PAUSE);
        check(target);
        Instant now = clock.instant();
        PauseTerms pause = PauseTerms.of(reason, until, now);
        Futures.join(limits.pause(
                new Pause(target, caller.inHistory(), now, pause.reason(), pause.until()),
                AuditEntries.pause(caller, now, target, pause.reason(), pause.until())));
    }

    private static void check(PauseTarget target) {
        switch (target.kind()) {
            case QUEUE -> TermsChecks.name("queue", target.name());
            case TYPE -> TermsChecks.name("type", target.name());
            case LIMIT -> TermsChecks.name("limit", target.name());
            case USER -> TermsChecks.identity("user", target.name());
            case ALL -> {
                if (!target.equals(PauseTarget.ALL)) {
                    throw new ValidationException("the target for all jobs has no name; use PauseTarget.ALL");
                }
            }
        }
    }

    /** Ends a pause. Only one call at a time works on pauses, so that only an existing pause is ended, and only once. */
    synchronized void resume(PauseTarget target, Caller caller) {
        access.require(caller, AccessRule.RESUME);
        Instant now = clock.instant();
        check(target);
        refuseIfNotPaused(target, now);
        Futures.join(limits.resume(target, AuditEntries.resume(caller, now, target)));
    }

    /** Returns the pauses from the store, because the queue does not know them directly after a start. */
    private void refuseIfNotPaused(PauseTarget target, Instant now) {
        boolean paused = limits.pauses().stream()
                .filter(pause -> pause.target().equals(target))
                .anyMatch(pause -> pause.until() == null || pause.until().isAfter(now));
        if (paused) {
            return;
        }
        String name = target.name();
        Optional<QueueStatus> byConfiguration = target.kind() != PauseTarget.TargetKind.QUEUE
                ? Optional.empty()
                : queue.queues().stream()
                        .filter(each -> each.name().equals(name)
                                && each.shutBy().stream()
                                        .anyMatch(blocker -> blocker.gate().equals(Blocker.PAUSED)))
                        .findFirst();
        throw new StateConflictException(byConfiguration
                .map(each -> "queue " + name + " is paused by its configuration: "
                        + ("stored".equals(each.bounds().source())
                                ? "set paused=false"
                                : "remove paused = true from etc/io.jobyard.queues-" + name + ".cfg"))
                .orElseGet(
                        () -> target + (target.kind() == PauseTarget.TargetKind.ALL ? " are" : " is") + " not paused"));
    }

    void release(String bundle, Caller caller) {
        access.require(caller, AccessRule.RELEASE);
        quarantine.release(bundle);
        Futures.join(audit.append(AuditEntries.release(caller, clock.instant(), bundle)));
    }
}
