// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.Kind;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.text.ShownTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The pauses of types, limits, users and all jobs; a queue keeps its own. Guarded by the lock of {@link Lanes}. */
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

    /** When none of them holds the lanes of a group any more, those of users aside; with the limits that its jobs name. */
    long opensAt(LaneKey group, Supplier<Collection<String>> limits) {
        if (pauses.isEmpty()) {
            return EpochNanos.ALWAYS;
        }
        return ofGroup(group, limits.get()).mapToLong(this::opensAt).max().orElse(EpochNanos.ALWAYS);
    }

    /** When none holds the jobs of a user. */
    long opensAt(String submitter) {
        return pauses.isEmpty() ? EpochNanos.ALWAYS : opensAt(new PauseTarget(Kind.USER, submitter));
    }

    private long opensAt(PauseTarget target) {
        Pause pause = pauses.get(target);
        if (pause == null) {
            return EpochNanos.ALWAYS;
        }
        return pause.until() == null ? EpochNanos.NEVER : EpochNanos.of(pause.until());
    }

    /** All that hold a lane. */
    Stream<Blocker> shutBy(LaneKey lane, Supplier<Collection<String>> limits, long now) {
        return pauses.isEmpty()
                ? Stream.empty()
                : Stream.concat(ofGroup(lane, limits.get()), Stream.of(new PauseTarget(Kind.USER, lane.submitter())))
                        .filter(target -> opensAt(target) > now)
                        .map(pauses::get)
                        .map(Pauses::blocker);
    }

    private static Stream<PauseTarget> ofGroup(LaneKey lane, Collection<String> limits) {
        return Stream.concat(
                Stream.of(PauseTarget.ALL, new PauseTarget(Kind.TYPE, lane.type())),
                limits.stream()
                        .map(limit -> new PauseTarget(
                                Kind.LIMIT, NamedLimit.parse(limit).name()))
                        .distinct());
    }

    /** What explain tells of a pause. */
    static Blocker blocker(Pause by) {
        String reason = by.reason() == null ? "" : ", \"" + by.reason() + "\"";
        return new Blocker(
                Blocker.PAUSED,
                by.target() + ", by " + by.by() + " since " + ShownTime.of(by.since()) + reason,
                by.until());
    }
}
