// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Retention of finished jobs, the audit, use entries, and the feed. */
@ObjectClassDefinition(
        name = "Jobyard retention",
        description =
                "How long jobs are kept that have ended, with their payload, result, history and log. A job"
                        + " that others depend on which have not ended is kept as long as these need it. And how long the audit and the feed of events go back.")
@interface RetentionConfiguration {

    @AttributeDefinition(
            name = "completed.days",
            description = "Days that a completed job is kept; 0 for ever.",
            min = "0",
            max = "3650")
    int completed_days() default RetentionSettings.COMPLETED_DAYS;

    @AttributeDefinition(
            name = "failed.days",
            description = "Days that a failed or cancelled job is kept; 0 for ever.",
            min = "0",
            max = "3650")
    int failed_days() default RetentionSettings.FAILED_DAYS;

    @AttributeDefinition(
            name = "audit.days",
            description = "Days that a row of the audit is kept; 0 for ever.",
            min = "0",
            max = "3650")
    int audit_days() default RetentionSettings.AUDIT_DAYS;

    @AttributeDefinition(
            name = "usage.days",
            description = "Days that it is kept what runs have used, also when their jobs are removed; 0 for ever.",
            min = "0",
            max = "3650")
    int usage_days() default RetentionSettings.USAGE_DAYS;

    @AttributeDefinition(
            name = "feed.hours",
            description = "Hours that events are kept for those who follow them by a cursor; the jobs' histories stay.",
            min = "1",
            max = "8760")
    int feed_hours() default RetentionSettings.FEED_HOURS;

    @AttributeDefinition(
            name = "feed.max.mb",
            description = "Megabytes that events may take at most; the oldest go, however young.",
            min = "1",
            max = "100000")
    int feed_max_mb() default RetentionSettings.FEED_MAX_MB;

    @AttributeDefinition(
            name = "archive.directory",
            description =
                    "Where jobs are written as JSON Lines before they are removed for their age, below the instance unless"
                            + " it begins with /. Nowhere if left out.",
            required = false)
    String archive_directory() default "";
}
