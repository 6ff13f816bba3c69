// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.MissedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Times of a schedule that are to be decided now.
 *
 * @param made times that get jobs, in order
 * @param missed number of past times that get no job
 * @param decided latest decided time
 */
record DueTimes(List<Instant> made, long missed, Instant decided) {

    /** Maximum number of jobs in one commit; the remaining ones follow. */
    static final int MOST = 100;

    /** Maximum number of missed times to count. */
    static final int COUNTED = 1_000;

    DueTimes {
        made = List.copyOf(made);
    }

    /** Returns the due times of a schedule with fixed times; none if no time follows the base. */
    static DueTimes of(Plan plan, Instant base, Instant now) {
        Timing timing = plan.timing();
        Instant latest = plan.latest(now);
        Instant missedUntil = plan.missedUntil(now).isAfter(latest) ? latest : plan.missedUntil(now);
        List<Instant> inTime = new ArrayList<>();
        for (Instant time : timing.first(timing.leaveOut(base, missedUntil), latest, MOST)) {
            if (plan.due(time).isAfter(now)) {
                break;
            }
            inTime.add(time);
        }
        List<Instant> lastMissed = timing.latest(base, missedUntil, 1);
        if (lastMissed.isEmpty()) {
            return new DueTimes(inTime, 0, inTime.isEmpty() ? base : inTime.get(inTime.size() - 1));
        }
        MissedPolicy policy = plan.asked().missed().policy();
        boolean none = policy.most() == 0 || policy.isLatestOnly() && !inTime.isEmpty();
        List<Instant> made = new ArrayList<>(none ? List.of() : timing.latest(base, missedUntil, policy.most()));
        long missed = timing.count(base, missedUntil, COUNTED) - made.size();
        made.addAll(inTime);
        Instant decided = inTime.isEmpty() ? lastMissed.get(0) : inTime.get(inTime.size() - 1);
        return new DueTimes(made, Math.max(0, missed), decided);
    }

    /** Returns the due times of a schedule whose times count from the end of a job: at most one, which never counts as missed. */
    static DueTimes afterEnd(Plan plan, Instant base, Instant now) {
        return plan.next(base)
                .filter(time -> !plan.due(time).isAfter(now))
                .map(time -> new DueTimes(List.of(time), 0, time))
                .orElseGet(() -> new DueTimes(List.of(), 0, base));
    }

    /** Returns a copy with only the first of the times that get jobs. The others follow later. */
    DueTimes first() {
        return made.size() <= 1 ? this : new DueTimes(made.subList(0, 1), missed, made.get(0));
    }

    boolean isNothing(Instant base) {
        return decided.equals(base);
    }

    static Duration late(Plan plan, Instant time, Instant now) {
        Instant due = plan.due(time);
        return now.isAfter(due) ? Duration.between(due, now) : Duration.ZERO;
    }
}
