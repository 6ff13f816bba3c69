// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedules and calendars that files define, by name. A snapshot. */
record Configured(Map<String, ScheduleSettings> schedules, Map<String, CalendarRules> calendars) {

    static final Configured NONE = new Configured(Map.of(), Map.of());

    Configured {
        schedules = Map.copyOf(schedules);
        calendars = Map.copyOf(calendars);
    }

    /** Returns the plan that a file defines; null if none does, or if the file has never been valid. */
    @Nullable
    Plan plan(String name) {
        ScheduleSettings settings = schedules.get(name);
        Plan plan = settings == null ? null : settings.plan();
        return plan == null ? null : plan.with(calendars);
    }
}
