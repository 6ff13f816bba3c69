// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings for the order in which jobs start. */
@ObjectClassDefinition(name = "Jobyard queue", description = "Order in which jobs start.")
@interface QueueConfiguration {

    @AttributeDefinition(
            name = "priority.levels",
            description = "Number of priorities; 1 is highest. A job without a priority gets min(5, levels). After the"
                    + " number is lowered, stored jobs with a lower priority keep it and count as the last priority.",
            min = "1",
            max = "100")
    int priority_levels() default QueueSettings.LEVELS;

    @AttributeDefinition(
            name = "aging.seconds",
            description =
                    "Seconds after which a waiting job counts as aged and gets a share of the starts regardless of"
                            + " its priority; 0 for strict priority.",
            min = "0",
            max = "86400")
    int aging_seconds() default QueueSettings.AGING_SECONDS;

    @AttributeDefinition(
            name = "aging.share.percent",
            description = "Share of the starts that goes to aged jobs, in percent.",
            min = "1",
            max = "50")
    int aging_share_percent() default QueueSettings.AGING_SHARE_PERCENT;

    @AttributeDefinition(
            name = "backlog.alert.ready.max",
            description =
                    "Number of ready jobs above which job:doctor, the log and an event report a backlog; 0 disables"
                            + " the alert.",
            min = "0",
            max = "100000000")
    int backlog_alert_ready_max() default 0;

    @AttributeDefinition(
            name = "backlog.alert.oldest.seconds",
            description =
                    "Age of a ready job, in seconds, above which job:doctor, the log and an event report a backlog; 0"
                            + " disables the alert.",
            min = "0",
            max = "31536000")
    int backlog_alert_oldest_seconds() default 0;
}
