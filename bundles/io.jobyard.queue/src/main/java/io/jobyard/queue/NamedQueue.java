// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue with its allowance and its pauses. Guarded by the lock of {@link Lanes}. */
final class NamedQueue {

    final String name;
    final Allowance allows;
    private NamedQueueSettings settings = NamedQueueSettings.NOT_CONFIGURED;
    private boolean isDefined;
    private @Nullable Pause pause;
    private long pausedUntil = EpochNanos.ALWAYS;

    NamedQueue(String name, Allowance allows) {
        this.name = name;
        this.allows = allows;
    }

    NamedQueueSettings settings() {
        return settings;
    }

    /**
     * Applies these settings.
     *
     * @param defined whether a user set the queue while a host ran; false for settings of a file
     */
    void follow(NamedQueueSettings next, boolean defined, long now) {
        settings = next;
        isDefined = defined;
        allows.follow(next.allows(), now);
        pause(pause);
    }

    /** Sets the pause of the queue; null ends it. */
    void pause(@Nullable Pause by) {
        pause = by;
        Instant until = by == null ? Instant.EPOCH : by.until();
        pausedUntil = settings.paused() || until == null ? EpochNanos.NEVER : EpochNanos.of(until);
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** Returns the current pause; null if the queue is not paused, or the pause has ended. */
    @Nullable
    Pause pause(long now) {
        boolean over = pause != null && pause.until() != null && EpochNanos.of(pause.until()) <= now;
        return over ? null : pause;
    }

    /** Returns whether the queue has no state, so that it need not be kept. */
    boolean isIdle() {
        return settings.equals(NamedQueueSettings.NOT_CONFIGURED) && pause == null && allows.isIdle();
    }

    /** Returns all pauses of the queue. */
    List<Blocker> pausedBy(long now) {
        List<Blocker> all = new ArrayList<>();
        if (settings.paused()) {
            String detail = "queue " + name + ", by "
                    + (isDefined
                            ? "its setting; resume it with paused=false"
                            : "its configuration " + NamedQueueSettings.FACTORY + "-" + name);
            all.add(new Blocker(Blocker.PAUSED, detail, null));
        }
        Pause by = pause(now);
        if (by != null) {
            all.add(Pauses.blocker(by));
        }
        return all;
    }
}
