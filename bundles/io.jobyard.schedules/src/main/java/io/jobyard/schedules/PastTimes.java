// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.spi.schedules.StoredSchedule.Backfill;
import java.time.Duration;
import java.time.Instant;

/** Past times of a schedule for a backfill. */
record PastTimes(Backfill backfill, int count) {

    static final int MOST = 10_000;

    /** Returns the times from the first instant, inclusive, to the second, exclusive. */
    static PastTimes of(KnownSchedule known, Instant from, Instant to, Instant now) {
        Plan plan = known.plan();
        if (plan.timing().isFromEnd()) {
            throw new StateConflictException(
                    "schedule " + plan.name() + " counts from the ends of its jobs: it has no past times to backfill");
        } else if (known.row().backfill() != null) {
            throw new StateConflictException("schedule " + plan.name() + " is already being backfilled, up to "
                    + known.row().backfill().to() + ": wait until the backfill is finished");
        } else if (!from.isBefore(to) || to.isAfter(now)) {
            throw new ValidationException("from " + from + " to " + to
                    + " is out of range: both must be in the past, and from must be earlier");
        }
        Instant end = ScheduleRows.micros(
                to.isAfter(known.row().fires().decided())
                        ? known.row().fires().decided().plusNanos(1_000)
                        : to);
        Instant after = behind(plan, known.row(), from);
        int count = (int) plan.timing().count(after, end.minusNanos(1_000), MOST + 1);
        if (count > MOST) {
            throw new ValidationException("more than " + MOST + " times of schedule " + plan.name() + " from " + from
                    + " to " + to + ": backfill in parts");
        }
        return new PastTimes(new Backfill(after, end, null), count);
    }

    /** Returns the instant after which the first time at or after {@code from} is the next time. */
    private static Instant behind(Plan plan, StoredSchedule row, Instant from) {
        if (!(plan.asked().rhythm() instanceof Rhythm.Every rhythm)) {
            return ScheduleRows.micros(from).minusNanos(1_000);
        }
        Duration every = rhythm.interval();
        Duration back = Duration.between(from, row.fires().decided());
        long steps = back.isNegative() ? 0 : back.dividedBy(every) + 1;
        return row.fires().decided().minus(every.multipliedBy(steps));
    }
}
