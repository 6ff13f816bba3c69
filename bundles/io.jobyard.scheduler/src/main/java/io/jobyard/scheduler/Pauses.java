// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.QueuePause;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.QueueManager;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people do to queues, and to all types of a bundle. Safe for use by several threads. */
final class Pauses {

    private static final int MAX_REASON = 1_000;

    private final QueueManager queue;
    private final Access access;
    private final Clock clock;

    Pauses(QueueManager queue, Access access, Clock clock) {
        this.queue = queue;
        this.access = access;
        this.clock = clock;
    }

    void pause(String name, Caller caller, @Nullable String reason, @Nullable Instant until) {
        access.require(caller, Operation.PAUSE);
        Instant now = clock.instant();
        Instant end = Terms.micros("until", until);
        if (end != null && !end.isAfter(now)) {
            throw new ValidationException("until " + end + " has passed: use a time after " + now);
        }
        if (reason != null && (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ValidationException("the reason is refused: use at most " + MAX_REASON + " printable characters");
        }
        String text = reason == null || reason.isBlank() ? null : reason;
        queue.pause(
                new QueuePause(Terms.name("queue", name), caller.inHistory(), now, text, end),
                Audits.pause(caller, now, name, text, end));
    }

    void resume(String name, Caller caller) {
        access.require(caller, Operation.RESUME);
        queue.resume(Terms.name("queue", name), Audits.resume(caller, clock.instant(), name));
    }
}
