// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.api.handler.EndReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Extension of a run's timeout by its handler. The job's log names the limit of a request that was not granted in full. */
final class RunExtension {

    private final Run run;
    private final Supplier<Duration> longest;
    private final Clock clock;
    private boolean isNoted; // guarded by the lock of the run

    /** @param longest returns the longest duration of the run */
    RunExtension(Run run, Supplier<Duration> longest, Clock clock) {
        this.run = run;
        this.longest = longest;
        this.clock = clock;
    }

    /** Lets the run last at least this long from now, within its limits. Returns its latest end. */
    Instant extend(Duration more) {
        if (more.isNegative()) {
            throw new IllegalArgumentException("extend(" + more + ") is out of range: use a time of 0 or more");
        }
        Duration most = longest.get(); // not under the run's lock
        return run.ask("extend", () -> {
            run.endIfLate();
            EndReason limit = run.ending() == null ? run.clock.extend(more, most) : null;
            if (limit != null && !isNoted) {
                isNoted = true; // a handler may extend its run in a loop
                Instant now = clock.instant();
                run.lines.add(new LogLine(now, run.number(), note(more, limit, most)));
            }
            return run.endsBy();
        });
    }

    private String note(Duration more, EndReason limit, Duration most) {
        String end = "extend(" + more + ") was not granted in full: the run ends at " + run.endsBy();
        if (limit == EndReason.DEADLINE) {
            return end + ", the deadline of its job";
        }
        return end
                + (most.equals(TypeSettings.LONGEST_RUN)
                        ? ", because a run may last at most " + most.toSeconds()
                                + " s: store steps, so that the next run continues after them"
                        : ", because timeout.max in etc/" + TypeSettings.FACTORY + "-" + run.type() + ".cfg is "
                                + most.toSeconds());
    }
}
