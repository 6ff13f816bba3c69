// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What holds for the jobs of one type. */
@ObjectClassDefinition(
        name = "Jobyard job type",
        description = "What holds for the jobs of one type; a file for each type, which is its NAME:"
                + " etc/io.jobyard.types-NAME.cfg. What a job asks for itself wins over it, and it wins over what"
                + " io.jobyard.scheduler and io.jobyard.retention say for all jobs. At least one key is needed.")
@interface TypeConfiguration {

    @AttributeDefinition(
            name = "versions",
            description = "The OSGi version range that a handler of the type must be in, such as [1.2,2) or [1.2,1.2];"
                    + " 1.2 alone is that or higher. The job's own range counts too; of what both allow the highest"
                    + " version runs. While none is there, jobs of the type wait. Asked at each start.",
            required = false)
    String versions() default "";

    @AttributeDefinition(
            name = "canary",
            description = "Which versions are tried with which share of the jobs, such as 1.3:5 % or [1.3,1.4):0.5 %."
                    + " 1.3 alone is 1.3.0, 1.3.1 and so on. All other jobs go to the highest version beside these; while"
                    + " there is none, they wait. A job that has failed goes there no more, and one that asks for a range"
                    + " that leaves no other version goes there anyway. Asked at each start.",
            required = false)
    String canary() default "";

    @AttributeDefinition(
            name = "canary.by",
            description =
                    "What goes to the canary or not as a whole: submitter, key or job. A job without a key goes by"
                            + " itself.",
            required = false)
    String canary_by() default "submitter";

    @AttributeDefinition(
            name = "canary.min.runs",
            description = "How many runs of the canary must have ended within the window before it is judged.",
            min = "1",
            max = "10000",
            required = false)
    int canary_min_runs() default 20;

    @AttributeDefinition(
            name = "canary.max.worse.percent",
            description =
                    "By how many points the canary's runs that failed, in percent, may be above those of the other"
                            + " versions. Beyond that no job goes to it any more, until one of the keys of the canary changes.",
            min = "0",
            max = "100",
            required = false)
    int canary_max_worse_percent() default 10;

    @AttributeDefinition(
            name = "canary.window.seconds",
            description = "Seconds for which a run that has ended counts.",
            min = "1",
            max = "86400",
            required = false)
    int canary_window_seconds() default 3600;

    @AttributeDefinition(
            name = "inflight",
            description =
                    "What becomes of a job that has begun when no host serves the version that it began with any more:"
                            + " move lets it go on with another version that its range allows, wait holds it until that version is"
                            + " back. Jobs whose run was a canary's always move. Asked at each start.",
            options = {@Option("move"), @Option("wait")},
            required = false)
    String inflight() default "move";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Seconds that one run may take, 1 to 86400. For jobs that are submitted from then on.",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "heartbeat.seconds",
            description =
                    "Seconds for which a run may call nothing of its context, 1 to 86400; then it is interrupted and"
                            + " fails as at its timeout. As the handler says if left out. Asked while a run goes on.",
            required = false)
    String heartbeat_seconds() default "";

    @AttributeDefinition(
            name = "exclusive",
            description =
                    "true if no run may go on after the lease of its host has ended, since another host may begin the job"
                            + " again then: a run that ignores its interrupt ends the host. Not in Karaf. As the handler says if"
                            + " left out. Asked while a run goes on.",
            required = false)
    String exclusive() default "";

    @AttributeDefinition(
            name = "max.retries",
            description = "How many more attempts follow a first that fails, 0 to 10. For jobs that are submitted from"
                    + " then on.",
            required = false)
    String max_retries() default "";

    @AttributeDefinition(
            name = "progress.retries",
            description =
                    "How many runs of a job that reach their timeout do not count as attempts if they have stored a"
                            + " new step, 0 to 10000. As progress.retries of io.jobyard.scheduler if left out.",
            required = false)
    String progress_retries() default "";

    @AttributeDefinition(
            name = "priority",
            description = "The level, 1 (first) to priority.levels; beyond that the last one. For jobs that are"
                    + " submitted from then on. What the submitter's roles allow at best bounds it.",
            required = false)
    String priority() default "";

    @AttributeDefinition(
            name = "queue",
            description =
                    "The queue, before what any queue's types say; the submitter's roles are not asked for it. For"
                            + " jobs that are submitted from then on.",
            required = false)
    String queue() default "";

    @AttributeDefinition(
            name = "limits",
            description = "Names of limits, with commas between them, on which the type's jobs draw beside those that"
                    + " they and their handler name. Asked at each start, so also of jobs that wait.",
            required = false)
    String limits() default "";

    @AttributeDefinition(
            name = "slots.LIMIT",
            description = "How many slots of that limit's running.max a job of the type takes, 1 to 100000; it draws on"
                    + " the limit. For jobs that are submitted from then on and do not say it themselves.",
            required = false)
    String slots_LIMIT() default "";

    @AttributeDefinition(
            name = "retry.base.seconds",
            description =
                    "Seconds that bound the delay before the second attempt, 1 to 3600. For attempts that fail from"
                            + " then on.",
            required = false)
    String retry_base_seconds() default "";

    @AttributeDefinition(
            name = "retry.factor",
            description =
                    "By how much that bound grows with each further attempt, 1 to 100; 2 if left out. For attempts"
                            + " that fail from then on.",
            required = false)
    String retry_factor() default "";

    @AttributeDefinition(
            name = "retry.max.seconds",
            description =
                    "Seconds that bound the delay before any attempt, 1 to 86400. For attempts that fail from then"
                            + " on.",
            required = false)
    String retry_max_seconds() default "";

    @AttributeDefinition(
            name = "retry.jitter",
            description =
                    "Which part of the bound is left to chance, 0 to 1: 0 waits for the bound, 0.2 for 80 to 100 %"
                            + " of it; 1, anything up to it, if left out. For attempts that fail from then on.",
            required = false)
    String retry_jitter() default "";

    @AttributeDefinition(
            name = "completed.days",
            description = "Days that a completed job of the type is kept, 0 (for ever) to 3650. Also for jobs that have"
                    + " ended already.",
            required = false)
    String completed_days() default "";

    @AttributeDefinition(
            name = "failed.days",
            description = "The same for a failed or cancelled job.",
            required = false)
    String failed_days() default "";

    @AttributeDefinition(
            name = "hidden",
            description =
                    "What only the submitter sees of the type's jobs, with commas between: payload, result, steps,"
                            + " stream, or names within such as payload.card.number or result.rows.*.name. Also of jobs that are"
                            + " there. Handlers see all.",
            required = false)
    String hidden() default "";

    @AttributeDefinition(
            name = "circuit.failures.percent",
            description = "At which part of the attempts within the window that failed nothing of the type starts any"
                    + " more for a while, 1 to 100; never if left out. For attempts that end from then on.",
            required = false)
    String circuit_failures_percent() default "";

    @AttributeDefinition(
            name = "circuit.minimum",
            description = "How many attempts must have ended within the window for that.",
            min = "1",
            max = "10000",
            required = false)
    int circuit_minimum() default 10;

    @AttributeDefinition(
            name = "circuit.window.seconds",
            description = "Seconds for which an attempt that has ended counts.",
            min = "1",
            max = "86400",
            required = false)
    int circuit_window_seconds() default 60;

    @AttributeDefinition(
            name = "circuit.pause.seconds",
            description = "Seconds for which nothing of the type starts; then some are tried.",
            min = "1",
            max = "86400",
            required = false)
    int circuit_pause_seconds() default 30;

    @AttributeDefinition(
            name = "circuit.probes",
            description = "How many are tried at once. When so many have completed in a row all start again, and when"
                    + " one fails there is another pause.",
            min = "1",
            max = "100",
            required = false)
    int circuit_probes() default 1;
}
