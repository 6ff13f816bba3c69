// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the jobs that name a limit may use together. The key {@code rate.UNIT} is one for each unit, and so is {@code budget.UNIT}. */
@ObjectClassDefinition(
        name = "Jobyard limit",
        description =
                "What the jobs that name this limit may use together; a file for each: etc/io.jobyard.limits-NAME.cfg."
                        + " UNIT is any unit, such as requests, tokens or usd. At least one key is needed.")
@interface LimitConfiguration {

    @AttributeDefinition(
            name = "running.max",
            description = "How many of them may run at once, 1 to 100000; any number if left out.",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "running.max.failing",
            description = "How many of them may run at once from an attempt that fails until one completes, 1 to"
                    + " running.max; with a key, for each value by itself. As many as else if left out.",
            required = false)
    String running_max_failing() default "";

    @AttributeDefinition(
            name = "rate.UNIT",
            description =
                    "How much of a unit they may use in which time, such as 60/m burst 10, 100/10s or 5/h (s, m, h,"
                            + " d). burst is what may be used at once after a pause, 1 if left out. A start uses 1 of requests"
                            + " and 0 of every other unit, unless the job's estimate says otherwise.",
            required = false)
    String rate_UNIT() default "";

    @AttributeDefinition(
            name = "budget.UNIT",
            description =
                    "How much of a unit they may use in each period, such as 500000/d or 50/month; then they stay"
                            + " queued until the next. s, m and h are counted from 1970 UTC; d, w (from Monday) and month by"
                            + " the calendar of budget.zone. What is used beyond it is carried into the next period."
                            + " warn 80% behind it: when so much is used, that is told once in the period, and nothing is held.",
            required = false)
    String budget_UNIT() default "";

    @AttributeDefinition(
            name = "budget.zone",
            description = "The time zone whose days, weeks and months the budgets of the file go by, such as"
                    + " Europe/Berlin.",
            required = false)
    String budget_zone() default "UTC";

    @AttributeDefinition(
            name = "key",
            description = "Where a job has the value by which the limit counts apart: payload.PATH, such as"
                    + " payload.model, or label.NAME, such as label.tenant. Each value may use all that the other keys"
                    + " say; jobs without a value share one more. Taken when a job is submitted, and of a label also when"
                    + " that changes. All jobs are counted together if left out.",
            required = false)
    String key() default "";

    @AttributeDefinition(
            name = "keys.max",
            description = "How many values are remembered, 1 to 1000000, for which no job is ready or runs while they"
                    + " are not made good; of more the one that was used longest ago is forgotten.")
    int keys_max() default 10_000;

    @AttributeDefinition(
            name = "oversize",
            description =
                    "What becomes of a ready job that needs more than running.max or a whole budget, since that was"
                            + " lowered: hold (it waits, and holds up no other job) or fail. A new job that needs more is refused.",
            required = false)
    String oversize() default "hold";
}
