// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The order in which jobs start. */
@ObjectClassDefinition(name = "Jobyard queue", description = "The order in which jobs start.")
@interface QueueConfiguration {

    @AttributeDefinition(
            name = "priority.levels",
            description = "How many priority levels there are; 1 is the first. A job that asks for none gets level"
                    + " min(5, levels). When the number is lowered, stored jobs of lower levels keep theirs and count as of"
                    + " the last level.",
            min = "1",
            max = "100")
    int priority_levels() default QueueSettings.LEVELS;

    @AttributeDefinition(
            name = "aging.seconds",
            description = "Seconds after which a waiting job counts as aged and gets a share of the starts whatever its"
                    + " level; 0 for strict priority.",
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
                    "How many jobs may be ready before the doctor, the log and an event tell of it; 0 for any number.",
            min = "0",
            max = "100000000")
    int backlog_alert_ready_max() default 0;

    @AttributeDefinition(
            name = "backlog.alert.oldest.seconds",
            description =
                    "Seconds for which a job may be ready before the doctor, the log and an event tell of it; 0 for"
                            + " ever.",
            min = "0",
            max = "31536000")
    int backlog_alert_oldest_seconds() default 0;
}
