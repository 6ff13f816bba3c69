// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Defaults for jobs, and settings of the scheduler. */
@ObjectClassDefinition(name = "Jobyard scheduler", description = "Defaults for jobs, and settings of the scheduler.")
@interface SchedulerConfiguration {

    @AttributeDefinition(
            name = "default.timeout.seconds",
            description = "Timeout of one run in seconds, from the handler's first line, if the job does not set one. A"
                    + " job may set 1 to 86400.",
            min = "1",
            max = "3600")
    int default_timeout_seconds() default SchedulerSettings.TIMEOUT_SECONDS;

    @AttributeDefinition(
            name = "default.max.retries",
            description = "Number of retries after a failed first attempt, if the job does not set one.",
            min = "0",
            max = "10")
    int default_max_retries() default SchedulerSettings.MAX_RETRIES;

    @AttributeDefinition(
            name = "progress.retries",
            description =
                    "Number of timed-out runs of a job that do not count as attempts if they have stored a new step."
                            + " progress.retries of a type overrides it.",
            min = "0",
            max = "10000")
    int progress_retries() default SchedulerSettings.PROGRESS_RETRIES;

    @AttributeDefinition(
            name = "poll.interval.seconds",
            description = "Interval in seconds at which the host looks for work that caused no notification. Usually, a"
                    + " notification starts the work at once.",
            min = "1",
            max = "60")
    int poll_interval_seconds() default SchedulerSettings.POLL_SECONDS;

    @AttributeDefinition(
            name = "retry.base.seconds",
            description =
                    "Upper bound of the delay before the second attempt, in seconds; doubles with each further attempt.",
            min = "1",
            max = "3600")
    int retry_base_seconds() default SchedulerSettings.RETRY_BASE_SECONDS;

    @AttributeDefinition(
            name = "retry.max.seconds",
            description = "Upper bound of the delay before any attempt, in seconds.",
            min = "1",
            max = "86400")
    int retry_max_seconds() default SchedulerSettings.RETRY_MAX_SECONDS;

    @AttributeDefinition(
            name = "handler.grace.seconds",
            description =
                    "Seconds that a job waits if its type has never had a handler; then the job fails. Only the time"
                            + " while a host runs counts. 0: such jobs wait forever.",
            min = "0",
            max = "31536000")
    int handler_grace_seconds() default SchedulerSettings.HANDLER_GRACE_SECONDS;

    @AttributeDefinition(
            name = "max.payload.bytes",
            description = "Maximum size of a payload, in bytes of JSON in UTF-8.",
            min = "1024",
            max = "67108864")
    int max_payload_bytes() default SchedulerSettings.MAX_JSON_BYTES;

    @AttributeDefinition(
            name = "max.result.bytes",
            description =
                    "Maximum size of a result, in bytes of JSON in UTF-8. A larger result fails the job without a retry.",
            min = "1024",
            max = "67108864")
    int max_result_bytes() default SchedulerSettings.MAX_JSON_BYTES;

    @AttributeDefinition(
            name = "max.batch.jobs",
            description = "Maximum number of jobs in one submit, and of lines in a file of job:submit --batch. The host"
                    + " refuses a larger batch completely.",
            min = "1",
            max = "1000000")
    int max_batch_jobs() default SchedulerSettings.MAX_BATCH_JOBS;

    @AttributeDefinition(
            name = "max.batch.bytes",
            description =
                    "Maximum total size of the payloads in one submit of several jobs, and of a file of job:submit"
                            + " --batch, in bytes of JSON in UTF-8. The host refuses a larger batch completely. The same limit"
                            + " applies to the results of the children that a job waits for; larger results fail the job. The"
                            + " default fits the default heap of 256 MB.",
            min = "1024",
            max = "1073741824")
    int max_batch_bytes() default SchedulerSettings.MAX_BATCH_BYTES;
}
