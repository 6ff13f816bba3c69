// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Shared limits for the jobs that name the limit. The keys {@code rate.UNIT} and {@code budget.UNIT} exist once per unit. */
@ObjectClassDefinition(
        name = "Jobyard limit",
        description = "Limits that apply to the jobs that name this limit, together; one file per limit:"
                + " etc/io.jobyard.limits-NAME.cfg. UNIT is any unit, for example requests, tokens or usd. At least"
                + " one key is required.")
@interface LimitConfiguration {

    @AttributeDefinition(
            name = "running.max",
            description = "Maximum number of slots in use at once (1–100000; default: no limit).",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "running.max.failing",
            description = "Maximum number of running jobs from a failed attempt until one completes (1 to running.max;"
                    + " default: running.max); with a key, per value.",
            required = false)
    String running_max_failing() default "";

    @AttributeDefinition(
            name = "adaptive",
            description =
                    "Range of a maximum number of slots in use that follows the answers of the provider, in place of"
                            + " running.max: LEAST..MOST, for example 10..500 (1–100000). It grows by 1 after as many successful"
                            + " runs as it allows, and halves on a run that is rate limited (429, 529), times out or is slower than"
                            + " adaptive.latency.seconds; with a key, per value. Default: a fixed number.",
            required = false)
    String adaptive() default "";

    @AttributeDefinition(
            name = "adaptive.latency.seconds",
            description =
                    "Maximum time of a successful run, in seconds, for example 30 or 0.5 (0.001–86400; default: any"
                            + " time). Only with adaptive.",
            required = false)
    String adaptive_latency_seconds() default "";

    @AttributeDefinition(
            name = "rate.UNIT",
            description = "Rate limit of a unit, for example 60/m burst 10, 100/10s or 5/h (s, m, h, d). burst is the"
                    + " amount available at once after a pause (default 1). A start uses 1 of requests and 0 of every"
                    + " other unit, unless the job's estimate differs.",
            required = false)
    String rate_UNIT() default "";

    @AttributeDefinition(
            name = "budget.UNIT",
            description =
                    "Budget of a unit per period, for example 500000/d or 50/month; once it is used up, jobs stay"
                            + " queued until the next period. Periods of s, m and h count from 1970 UTC; d, w (from Monday) and"
                            + " month follow the calendar of budget.zone. Excess usage is carried into the next period. A"
                            + " suffix such as warn 80% reports once per period that this share is used, without blocking jobs.",
            required = false)
    String budget_UNIT() default "";

    @AttributeDefinition(
            name = "budget.zone",
            description = "Time zone in which the budget periods d, w and month begin, for example Europe/Berlin.",
            required = false)
    String budget_zone() default "UTC";

    @AttributeDefinition(
            name = "key",
            description = "Location of the value by which the limit counts separately: payload.PATH, for example"
                    + " payload.model, or label.NAME, for example label.tenant. The other keys apply to each value;"
                    + " jobs without a value share one allowance. The value is read at submit, and for a label again"
                    + " when the label changes. Default: all jobs are counted together.",
            required = false)
    String key() default "";

    @AttributeDefinition(
            name = "keys.max",
            description =
                    "Maximum number of values remembered (1–1000000) that have no ready or running jobs and are not"
                            + " yet replenished; beyond it, the least recently used value is forgotten.")
    int keys_max() default 10_000;

    @AttributeDefinition(
            name = "order",
            description =
                    "Order of the jobs of a value: ready (a job that waits for its next attempt, a time or a signal lets"
                            + " the next one start) or strict (the next one starts only after each started job of the value has"
                            + " ended; running.max is 1). strict requires key; jobs without a value are not ordered.",
            required = false)
    String order() default "ready";

    @AttributeDefinition(
            name = "oversize",
            description = "Policy for a ready job that needs more than running.max or a whole budget after that was"
                    + " lowered: hold (it waits without blocking other jobs) or fail. A new job that needs more is"
                    + " refused.",
            required = false)
    String oversize() default "hold";
}
