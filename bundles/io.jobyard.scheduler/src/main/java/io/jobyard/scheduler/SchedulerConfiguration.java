// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Defaults for jobs, and settings of the scheduler. */
@ObjectClassDefinition(
        name = "Jobyard scheduler",
        description = "What jobs get that do not say otherwise, and how the host goes about them.")
@interface SchedulerConfiguration {

    @AttributeDefinition(
            name = "default.timeout.seconds",
            description = "Seconds that one run may take, from the handler's first line, if the job does not say; a job"
                    + " may ask for 1 to 86400.",
            min = "1",
            max = "3600")
    int default_timeout_seconds() default SchedulerSettings.TIMEOUT_SECONDS;

    @AttributeDefinition(
            name = "default.max.retries",
            description = "How many more attempts follow a first that fails, if the job does not say; 0 for none.",
            min = "0",
            max = "10")
    int default_max_retries() default SchedulerSettings.MAX_RETRIES;

    @AttributeDefinition(
            name = "progress.retries",
            description =
                    "How many runs of a job that reach their timeout do not count as attempts if they have stored a"
                            + " new step; 0 for none. progress.retries of a type wins over it.",
            min = "0",
            max = "10000")
    int progress_retries() default SchedulerSettings.PROGRESS_RETRIES;

    @AttributeDefinition(
            name = "poll.interval.seconds",
            description = "Seconds after which the host looks for work that nobody woke it for: the safety net, not the"
                    + " way.",
            min = "1",
            max = "60")
    int poll_interval_seconds() default SchedulerSettings.POLL_SECONDS;

    @AttributeDefinition(
            name = "retry.base.seconds",
            description = "Seconds that bound the delay before the second attempt; doubles with each further one.",
            min = "1",
            max = "3600")
    int retry_base_seconds() default SchedulerSettings.RETRY_BASE_SECONDS;

    @AttributeDefinition(
            name = "retry.max.seconds",
            description = "Seconds that bound the delay before any attempt.",
            min = "1",
            max = "86400")
    int retry_max_seconds() default SchedulerSettings.RETRY_MAX_SECONDS;

    @AttributeDefinition(
            name = "handler.grace.seconds",
            description = "Seconds, while the host is up, after which jobs fail whose type no handler ever served; 0 to"
                    + " let them wait for ever.",
            min = "0",
            max = "31536000")
    int handler_grace_seconds() default SchedulerSettings.HANDLER_GRACE_SECONDS;

    @AttributeDefinition(
            name = "max.payload.bytes",
            description = "Bytes of JSON in UTF-8 that a payload may have.",
            min = "1024",
            max = "67108864")
    int max_payload_bytes() default SchedulerSettings.MAX_JSON_BYTES;

    @AttributeDefinition(
            name = "max.result.bytes",
            description = "Bytes of JSON in UTF-8 that a result may have; a larger one fails the job for good.",
            min = "1024",
            max = "67108864")
    int max_result_bytes() default SchedulerSettings.MAX_JSON_BYTES;

    @AttributeDefinition(
            name = "max.batch.jobs",
            description =
                    "Jobs that one call may submit, and lines that a file of job:submit --batch may have; more are"
                            + " refused as a whole.",
            min = "1",
            max = "1000000")
    int max_batch_jobs() default SchedulerSettings.MAX_BATCH_JOBS;

    @AttributeDefinition(
            name = "max.batch.bytes",
            description = "Bytes of JSON in UTF-8 that the payloads of one call that submits several jobs may have"
                    + " together, and that a file of job:submit --batch may have; more are refused as a whole. Also what the"
                    + " results of the children that a job waits for may have together; more fail the job. A host with its"
                    + " usual heap of 256 MB takes the default.",
            min = "1024",
            max = "1073741824")
    int max_batch_bytes() default SchedulerSettings.MAX_BATCH_BYTES;
}
