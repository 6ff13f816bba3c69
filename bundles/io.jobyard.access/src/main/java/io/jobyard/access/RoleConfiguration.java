// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Jobyard role",
        description =
                "What its members may do; a file for each role: etc/io.jobyard.roles-NAME.cfg. Who has several roles"
                        + " may do what any of them allows.")
@interface RoleConfiguration {

    @AttributeDefinition(
            name = "members",
            description =
                    "Who has the role: user:NAME, bundle:SYMBOLIC.NAME, and sql:ROLE for what a role of the database submits"
                            + " from SQL, separated by commas. Required.")
    String members();

    @AttributeDefinition(
            name = "permissions",
            description =
                    "What they may do, separated by commas: submit, view, view:all, cancel, cancel:all, retry,"
                            + " retry:all, signal, signal:all, payload, operate, admin, impersonate. Those without :all go for one's own jobs. Required.")
    String permissions();

    @AttributeDefinition(
            name = "priority.best",
            description =
                    "The most urgent level of the members' jobs, 1 to 100: a job that asks beyond gets this one, and"
                            + " its history says so. Any level if left out.",
            required = false)
    String priority_best() default "";

    @AttributeDefinition(
            name = "queues",
            description = "Which queues the members may name for a job, with * for any characters and commas between"
                    + " them, such as reports, bulk-*; any if left out. A job for which none is named goes where its"
                    + " type is routed.",
            required = false)
    String queues() default "";

    @AttributeDefinition(
            name = "types",
            description =
                    "Job types that the members may submit, separated by commas, with * for any characters, such as"
                            + " summarize_*, echo. A privileged type, such as command or http_request, must be named in full."
                            + " Default: every type that is not privileged.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "weight",
            description = "How many turns each member gets among the submitters of a level for one of those without a"
                    + " weight, 1 to 1000; of several roles the largest counts.",
            required = false)
    String weight() default "";

    @AttributeDefinition(
            name = "queued.max",
            description =
                    "How many jobs of each member may wait or be queued, 1 to 10000000; any number if left out. More"
                            + " are refused at submit.",
            required = false)
    String queued_max() default "";

    @AttributeDefinition(
            name = "submit.rate",
            description =
                    "How many jobs each member may submit in which time, such as 60/m burst 10. More are refused.",
            required = false)
    String submit_rate() default "";

    @AttributeDefinition(
            name = "running.max",
            description = "How many jobs of each member may run at once, 1 to 100000; the others stay queued.",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "rate",
            description = "How many jobs of each member may start in which time, such as 60/m burst 10; the others stay"
                    + " queued.",
            required = false)
    String rate() default "";

    @AttributeDefinition(
            name = "budget.UNIT",
            description =
                    "How much of a unit the jobs of each member may use in each period, such as 500000/d; then they"
                            + " stay queued until the next. s, m and h are counted from 1970 UTC; d, w (from Monday) and"
                            + " month by the calendar of budget.zone. warn 80% behind it: when so much is used, that is"
                            + " told once in the period, and nothing is held.",
            required = false)
    String budget_UNIT() default "";

    @AttributeDefinition(
            name = "budget.zone",
            description = "The time zone whose days, weeks and months the budgets of the file go by, such as"
                    + " Europe/Berlin.",
            required = false)
    String budget_zone() default "UTC";

    @AttributeDefinition(
            name = "total.KEY",
            description = "The same for all members together: total.queued.max, total.submit.rate, total.running.max,"
                    + " total.rate, total.budget.UNIT.",
            required = false)
    String total_KEY() default "";
}
