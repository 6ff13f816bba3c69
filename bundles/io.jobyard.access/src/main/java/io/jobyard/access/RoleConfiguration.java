// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Jobyard role",
        description =
                "Permissions of the role's members; one file per role: etc/io.jobyard.roles-NAME.cfg. A user with several roles"
                        + " has the permissions of all of them.")
@interface RoleConfiguration {

    @AttributeDefinition(
            name = "members",
            description =
                    "Members of the role: user:NAME, bundle:SYMBOLIC.NAME, and sql:ROLE for database roles that submit jobs"
                            + " by SQL, separated by commas. Required.")
    String members();

    @AttributeDefinition(
            name = "permissions",
            description =
                    "Permissions of the members, separated by commas: submit, view, view:all, cancel, cancel:all, retry,"
                            + " retry:all, signal, signal:all, payload, operate, admin, impersonate. Without :all, a permission covers only the member's own jobs. Required.")
    String permissions();

    @AttributeDefinition(
            name = "priority.best",
            description =
                    "Most urgent priority that the members' jobs may have (1–100). A job submitted with a more urgent priority gets"
                            + " this priority, and its history records the change. Default: any priority.",
            required = false)
    String priority_best() default "";

    @AttributeDefinition(
            name = "queues",
            description = "Queues that the members may name for a job, separated by commas, with * for any"
                    + " characters, for example reports, bulk-*. Default: any queue. A job without a queue goes to the queue"
                    + " of its type.",
            required = false)
    String queues() default "";

    @AttributeDefinition(
            name = "types",
            description =
                    "Job types that the members may submit, separated by commas, with * for any characters, for example"
                            + " summarize_*, echo. A privileged type, for example command or http_request, must be named in full."
                            + " Default: every type that is not privileged.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "weight",
            description =
                    "Weight of each member in the fair share of the starts, relative to other submitters of the same"
                            + " priority (1–1000; default 1). For a member with several roles, the largest weight counts.",
            required = false)
    String weight() default "";

    @AttributeDefinition(
            name = "queued.max",
            description = "Maximum number of waiting and queued jobs of each member (1–10000000). Further submits"
                    + " are refused. Default: no limit.",
            required = false)
    String queued_max() default "";

    @AttributeDefinition(
            name = "submit.rate",
            description =
                    "Maximum rate at which each member may submit jobs, for example 60/m burst 10. Further submits are refused.",
            required = false)
    String submit_rate() default "";

    @AttributeDefinition(
            name = "running.max",
            description = "Maximum number of running jobs of each member (1–100000). Further jobs stay queued.",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "rate",
            description =
                    "Maximum rate at which jobs of each member start, for example 60/m burst 10. Further jobs stay"
                            + " queued.",
            required = false)
    String rate() default "";

    @AttributeDefinition(
            name = "budget.UNIT",
            description =
                    "Amount of a unit that the jobs of each member may use per period, for example 500000/d. When it"
                            + " is used up, jobs stay queued until the next period. Periods of s, m and h are counted from 1970"
                            + " UTC; d, w (from Monday) and month follow the calendar of budget.zone. Append a warning"
                            + " threshold, for example warn 80%: when the usage reaches it, the host sends an event once per"
                            + " period, and holds no job.",
            required = false)
    String budget_UNIT() default "";

    @AttributeDefinition(
            name = "budget.zone",
            description =
                    "Time zone of the days, weeks and months of this file's budgets, for example" + " Europe/Berlin.",
            required = false)
    String budget_zone() default "UTC";

    @AttributeDefinition(
            name = "total.KEY",
            description = "Limits of all members together: total.queued.max, total.submit.rate, total.running.max,"
                    + " total.rate, total.budget.UNIT.",
            required = false)
    String total_KEY() default "";
}
