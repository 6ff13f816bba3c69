// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import io.jobyard.spi.text.ShownTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pauses of types, limits, users and all jobs; each queue has its own pause. Guarded by the lock of {@link Lanes}. */
final class Pauses {

    private final Map<PauseTarget, Pause> pauses = new HashMap<>();

    void begin(Pause pause) {
        pauses.put(pause.target(), pause);
    }

    void end(PauseTarget target) {
        pauses.remove(target);
    }

    void endAll() {
        pauses.clear();
    }

    Collection<Pause> all() {
        return List.copyOf(pauses.values());
    }

    boolean areNone() {
        return pauses.isEmpty();
    }

    /** Returns the time from which none of these targets is paused. */
    long opensAt(List<PauseTarget> targets) {
        return targets.stream().mapToLong(this::opensAt).max().orElse(EpochNanos.ALWAYS);
    }

    /** Returns the time from which no pause applies to a user's jobs. */
    long opensAt(String submitter) {
        return pauses.isEmpty() ? EpochNanos.ALWAYS : opensAt(new PauseTarget(TargetKind.USER, submitter));
    }

    private long opensAt(PauseTarget target) {
        Pause pause = pauses.get(target);
        if (pause == null) {
            return EpochNanos.ALWAYS;
        }
        return pause.until() == null ? EpochNanos.NEVER : EpochNanos.of(pause.until());
    }

    /** Returns all pauses of a user's jobs, and of these targets. */
    Stream<Blocker> shutBy(List<PauseTarget> targets, String submitter, long now) {
        return Stream.concat(targets.stream(), Stream.of(new PauseTarget(TargetKind.USER, submitter)))
                .filter(target -> opensAt(target) > now)
                .map(pauses::get)
                .map(Pauses::blocker);
    }

    /** Returns the blocker for a pause. */
    static Blocker blocker(Pause by) {
        String reason = by.reason() == null ? "" : ", \"" + by.reason() + "\"";
        return new Blocker(
                Blocker.PAUSED,
                by.target() + ", by " + by.by() + " since " + ShownTime.of(by.since()) + reason,
                by.until());
    }
}
