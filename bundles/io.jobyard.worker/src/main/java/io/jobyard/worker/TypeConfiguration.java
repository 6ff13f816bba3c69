// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of a job type. */
@ObjectClassDefinition(
        name = "Jobyard job type",
        description = "Settings of one job type, which is NAME; one file per type:"
                + " etc/io.jobyard.types-NAME.cfg. Options of a job override these settings, and these settings override"
                + " io.jobyard.scheduler and io.jobyard.retention. At least one key is required.")
@interface TypeConfiguration {

    @AttributeDefinition(
            name = "versions",
            description =
                    "OSGi version range of the type's handlers, for example [1.2,2) or [1.2,1.2]; 1.2 means 1.2 or"
                            + " higher. The job's own range applies too: the highest version that both ranges allow runs the"
                            + " job. Without such a version, the job waits. A change takes effect at the next start of each job.",
            required = false)
    String versions() default "";

    @AttributeDefinition(
            name = "canary",
            description =
                    "Versions to try with a share of the jobs, for example 1.3:5 % or [1.3,1.4):0.5 %. 1.3 matches"
                            + " 1.3.0, 1.3.1 and so on. All other jobs run on the highest other version; if there is none, they"
                            + " wait. A job that has failed no longer runs on the canary; a job whose range allows only the"
                            + " canary always runs on it. A change takes effect at the next start of each job.",
            required = false)
    String canary() default "";

    @AttributeDefinition(
            name = "canary.by",
            description = "Unit of assignment to the canary: submitter, key or job. A job without a key is assigned"
                    + " individually.",
            required = false)
    String canary_by() default "submitter";

    @AttributeDefinition(
            name = "canary.min.runs",
            description = "Minimum number of canary runs that must end within the window before the canary is judged.",
            min = "1",
            max = "10000",
            required = false)
    int canary_min_runs() default 20;

    @AttributeDefinition(
            name = "canary.max.worse.percent",
            description =
                    "Maximum difference in percentage points between the failure rates of the canary and of the other"
                            + " versions. Above it, the canary is rolled back until one of its keys is changed.",
            min = "0",
            max = "100",
            required = false)
    int canary_max_worse_percent() default 10;

    @AttributeDefinition(
            name = "canary.window.seconds",
            description = "Length of the window in seconds: runs that ended earlier do not count.",
            min = "1",
            max = "86400",
            required = false)
    int canary_window_seconds() default 3600;

    @AttributeDefinition(
            name = "inflight",
            description =
                    "Policy for a started job when no host has a handler of the version with which it started: move"
                            + " continues the job with another version that its range allows; wait holds the job until the"
                            + " earlier version is available again. A job that ran on the canary always moves. A change takes"
                            + " effect at the next start of each job.",
            options = {@Option("move"), @Option("wait")},
            required = false)
    String inflight() default "move";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Timeout of one run, in seconds (1–86400). Applies to jobs submitted after the change.",
            required = false)
    String timeout_seconds() default "";

    @AttributeDefinition(
            name = "timeout.max",
            description =
                    "Longest timeout of one run, in seconds (1–86400). A submit or a change of a job with a longer"
                            + " timeout is rejected; a longer default is lowered to it. Jobs submitted before keep their"
                            + " timeout. Handlers can extend a run at most to this duration, or to 86400 seconds if this key is"
                            + " not set.",
            required = false)
    String timeout_max() default "";

    @AttributeDefinition(
            name = "heartbeat.seconds",
            description =
                    "Maximum number of seconds between two calls of a run's context (1–86400). After this time, the"
                            + " host interrupts the run, which then fails as at its timeout. Default: the handler's value. Also"
                            + " applies to current runs.",
            required = false)
    String heartbeat_seconds() default "";

    @AttributeDefinition(
            name = "exclusive",
            description =
                    "Whether a job of the type must never run on two hosts at once. If a run ignores its interrupt"
                            + " when the host's lease ends, the host halts, because another host may then start the job. Not in"
                            + " Karaf. Default: the handler's value. Also applies to current runs.",
            required = false)
    String exclusive() default "";

    @AttributeDefinition(
            name = "max.retries",
            description = "Number of retries after a failed first attempt (0–10). Applies to jobs submitted after"
                    + " the change.",
            required = false)
    String max_retries() default "";

    @AttributeDefinition(
            name = "progress.retries",
            description = "Number of timed-out runs of a job that do not count as attempts if they have stored a"
                    + " new step (0–10000). Default: progress.retries of io.jobyard.scheduler.",
            required = false)
    String progress_retries() default "";

    @AttributeDefinition(
            name = "priority",
            description =
                    "Priority, from 1 (first) to priority.levels; higher numbers mean the last priority. Applies to jobs"
                            + " submitted after the change. The submitter's roles limit it.",
            required = false)
    String priority() default "";

    @AttributeDefinition(
            name = "queue",
            description =
                    "Queue of the type's jobs. It overrides the types of queues; the submitter's roles do not restrict it. Applies to"
                            + " jobs submitted after the change.",
            required = false)
    String queue() default "";

    @AttributeDefinition(
            name = "limits",
            description =
                    "Names of limits, separated by commas, that apply to the type's jobs in addition to the limits"
                            + " of the job and of its handler. A change takes effect at the next start of each job, even for"
                            + " jobs that already wait.",
            required = false)
    String limits() default "";

    @AttributeDefinition(
            name = "slots.LIMIT",
            description =
                    "Number of slots of the limit's running.max that a job of the type takes (1–100000); the limit"
                            + " then applies to the job. Applies to jobs that are submitted after the change and set no slots.",
            required = false)
    String slots_LIMIT() default "";

    @AttributeDefinition(
            name = "retry.base.seconds",
            description =
                    "Upper bound of the delay before the second attempt, in seconds (1–3600). Applies to attempts that fail after"
                            + " the change.",
            required = false)
    String retry_base_seconds() default "";

    @AttributeDefinition(
            name = "retry.factor",
            description = "Factor by which the upper bound of the delay grows with each further attempt (1–100; default"
                    + " 2). Applies to attempts that fail after the change.",
            required = false)
    String retry_factor() default "";

    @AttributeDefinition(
            name = "retry.max.seconds",
            description =
                    "Upper bound of the delay before any attempt, in seconds (1–86400). Applies to attempts that fail after"
                            + " the change.",
            required = false)
    String retry_max_seconds() default "";

    @AttributeDefinition(
            name = "retry.jitter",
            description =
                    "Random share of the delay, from 0 to 1: with 0, the delay is the upper bound; with 0.2, 80 to"
                            + " 100 % of the bound; with 1 (default), any time up to the bound. Applies to attempts that fail"
                            + " after the change.",
            required = false)
    String retry_jitter() default "";

    @AttributeDefinition(
            name = "completed.days",
            description = "Days to keep completed jobs of the type (0–3650; 0: forever). Also applies to jobs that have"
                    + " already ended.",
            required = false)
    String completed_days() default "";

    @AttributeDefinition(
            name = "failed.days",
            description =
                    "Days to keep failed and cancelled jobs of the type (0–3650; 0: forever). Also applies to jobs"
                            + " that have already ended.",
            required = false)
    String failed_days() default "";

    @AttributeDefinition(
            name = "hidden",
            description =
                    "Parts of the type's jobs that only the submitter sees, separated by commas: payload, result, steps,"
                            + " stream, or fields, for example payload.card.number or result.rows.*.name. Also applies to existing"
                            + " jobs. Handlers see everything.",
            required = false)
    String hidden() default "";

    @AttributeDefinition(
            name = "circuit.failures.percent",
            description =
                    "Percentage of failed attempts within the window at which the circuit opens and holds all jobs of"
                            + " the type for a while (1–100). Default: never. Applies to attempts that end after the change.",
            required = false)
    String circuit_failures_percent() default "";

    @AttributeDefinition(
            name = "circuit.minimum",
            description = "Minimum number of attempts that must end within the window before the circuit can open.",
            min = "1",
            max = "10000",
            required = false)
    int circuit_minimum() default 10;

    @AttributeDefinition(
            name = "circuit.window.seconds",
            description = "Length of the window in seconds: attempts that ended earlier do not count.",
            min = "1",
            max = "86400",
            required = false)
    int circuit_window_seconds() default 60;

    @AttributeDefinition(
            name = "circuit.pause.seconds",
            description = "Seconds to hold all jobs of the type. After this time, the host tries circuit.probes jobs.",
            min = "1",
            max = "86400",
            required = false)
    int circuit_pause_seconds() default 30;

    @AttributeDefinition(
            name = "circuit.probes",
            description =
                    "Number of jobs to try at once. If this number of jobs completes in a row, all jobs start again."
                            + " If one of them fails, the host repeats the pause.",
            min = "1",
            max = "100",
            required = false)
    int circuit_probes() default 1;
}
