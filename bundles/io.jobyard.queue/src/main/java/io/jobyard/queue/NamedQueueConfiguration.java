// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Queue with its own limits. */
@ObjectClassDefinition(
        name = "Jobyard named queue",
        description = "A queue with its own limits; one file per queue: etc/io.jobyard.queues-NAME.cfg.")
@interface NamedQueueConfiguration {

    @AttributeDefinition(
            name = "types",
            description = "Job types routed to this queue if a job names no queue, separated by commas; * matches any"
                    + " characters: llm_*,embed. If several queues match, the first by name is used.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "running.max",
            description =
                    "Maximum number of running jobs: 1 to 100000, or a share of the worker threads of all hosts, for"
                            + " example 50% (at least 1 job). Default: no limit.",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "rate",
            description = "Maximum rate of starts, for example 60/m burst 10, 100/10s or 5/h (s, m, h, d); burst is the"
                    + " number of jobs that may start at once after a pause (default 1). Default: no limit.",
            required = false)
    String rate() default "";

    @AttributeDefinition(
            name = "paused",
            description = "Whether the queue is paused: no job starts, and running jobs continue.")
    boolean paused() default false;

    @AttributeDefinition(
            name = "backlog.alert.ready.max",
            description =
                    "Number of ready jobs above which job:doctor, the log and an event report a backlog of the queue;"
                            + " 0 disables the alert.",
            min = "0",
            max = "100000000")
    int backlog_alert_ready_max() default 0;

    @AttributeDefinition(
            name = "backlog.alert.oldest.seconds",
            description =
                    "Age of a ready job, in seconds, above which job:doctor, the log and an event report a backlog of"
                            + " the queue; 0 disables the alert.",
            min = "0",
            max = "31536000")
    int backlog_alert_oldest_seconds() default 0;
}
