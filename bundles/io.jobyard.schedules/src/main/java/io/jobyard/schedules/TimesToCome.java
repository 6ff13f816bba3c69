// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.PlannedFire;
import io.jobyard.api.SchedulePause;
import io.jobyard.api.ValidationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forecast of the next times of a schedule. */
final class TimesToCome {

    static final int MOST = 1_000;

    private TimesToCome() {}

    static List<PlannedFire> of(KnownSchedule known, int most) {
        if (most < 1 || most > MOST) {
            throw new ValidationException("preview of " + most + " times is out of range: use 1 to " + MOST);
        }
        Plan plan = known.plan();
        List<PlannedFire> fires = new ArrayList<>();
        Instant at = Instant.MIN;
        Optional<Instant> time = plan.planned(known.row().fires().decided());
        while (time.isPresent() && fires.size() < most) {
            at = IntervalTiming.max(
                    at, plan.due(time.get())); // jobs are created in order: no time passes an earlier one
            fires.add(planned(known, time.get(), at));
            time = plan.planned(time.get());
        }
        return fires;
    }

    private static PlannedFire planned(KnownSchedule known, Instant time, Instant at) {
        Plan plan = known.plan();
        SchedulePause pause = Plan.pause(known.row(), time);
        String skipped = pause == null
                ? plan.timing().closed(time)
                : "paused by " + pause.by() + (pause.reason() == null ? "" : ": " + pause.reason());
        return new PlannedFire(at, time.atZone(plan.asked().zone()), skipped);
    }
}
