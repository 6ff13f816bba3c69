// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long jobs are kept that have ended, and the audit. */
@ObjectClassDefinition(
        name = "Jobyard retention",
        description =
                "How long jobs are kept that have ended, with their payload, result, history, events and log. A job"
                        + " that others depend on which have not ended is kept as long as these need it. And how long the audit goes back.")
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
}
