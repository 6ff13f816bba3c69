// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Retention of finished jobs, the audit, usage entries and the feed. */
@ObjectClassDefinition(
        name = "Jobyard retention",
        description =
                "Retention of finished jobs (with payload, result, history and log), of the audit and of the event"
                        + " feed. A finished job is kept while an unfinished job depends on it.")
@interface RetentionConfiguration {

    @AttributeDefinition(
            name = "completed.days",
            description = "Days to keep completed jobs; 0: forever.",
            min = "0",
            max = "3650")
    int completed_days() default RetentionSettings.COMPLETED_DAYS;

    @AttributeDefinition(
            name = "failed.days",
            description = "Days to keep failed and cancelled jobs; 0: forever.",
            min = "0",
            max = "3650")
    int failed_days() default RetentionSettings.FAILED_DAYS;

    @AttributeDefinition(
            name = "audit.days",
            description = "Days to keep entries of the audit; 0: forever.",
            min = "0",
            max = "3650")
    int audit_days() default RetentionSettings.AUDIT_DAYS;

    @AttributeDefinition(
            name = "usage.days",
            description = "Days to keep the usage of runs, even after their jobs are removed; 0: forever.",
            min = "0",
            max = "3650")
    int usage_days() default RetentionSettings.USAGE_DAYS;

    @AttributeDefinition(
            name = "feed.hours",
            description =
                    "Hours to keep events for clients that follow them with a cursor. Job histories are kept longer.",
            min = "1",
            max = "8760")
    int feed_hours() default RetentionSettings.FEED_HOURS;

    @AttributeDefinition(
            name = "feed.max.mb",
            description =
                    "Maximum size of all kept events in megabytes. Above it, the oldest events are removed early.",
            min = "1",
            max = "100000")
    int feed_max_mb() default RetentionSettings.FEED_MAX_MB;

    @AttributeDefinition(
            name = "archive.directory",
            description = "Directory of the archive, relative to the instance. Before the host removes a job because of"
                    + " its age, it writes the job to a JSON Lines file in this directory. Default: jobs are not"
                    + " archived.",
            required = false)
    String archive_directory() default "";
}
