// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a calendar. */
@ObjectClassDefinition(
        name = "Jobyard calendar",
        description =
                "A calendar, whose closed times get no jobs from the schedules that name it; one file per calendar:"
                        + " etc/io.jobyard.calendars-NAME.cfg. Requires include, exclude or both. Its days and times of day are in"
                        + " the time zone of the schedule.")
@interface CalendarConfiguration {

    @AttributeDefinition(
            name = "include",
            description = "Open times, separated by commas, in the format of exclude. Default: every time.",
            required = false)
    String include() default "";

    @AttributeDefinition(
            name = "exclude",
            description =
                    "Closed times, separated by commas, even if they are in include. An entry is a day, times of day,"
                            + " or both: a date 2026-12-24, a day of each year 12-25, a weekday SAT, times of day 22:00..06:00, a"
                            + " range of days 2026-12-24..2027-01-01, 12-24..01-01 or SAT..SUN, or SAT 12:00..24:00. The first"
                            + " minute of times of day is included, the last is not.",
            required = false)
    String exclude() default "";
}
