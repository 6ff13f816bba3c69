// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A queue with limits of its own. */
@ObjectClassDefinition(
        name = "Jobyard named queue",
        description = "A queue with limits of its own; a file for each: etc/io.jobyard.queues-NAME.cfg.")
@interface NamedQueueConfiguration {

    @AttributeDefinition(
            name = "types",
            description = "Job types that are routed here when a job asks for no queue, with * for any characters and"
                    + " commas between them: llm_*,embed. Of several queues the first by name takes the type.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "running.max",
            description = "How many of its jobs may run at once: 1 to 100000, or a share of the workers of all hosts"
                    + " such as 50%, which is 1 at least; any number if left out.",
            required = false)
    String running_max() default "";

    @AttributeDefinition(
            name = "rate",
            description =
                    "How many of its jobs may start in which time, such as 60/m burst 10, 100/10s or 5/h (s, m, h,"
                            + " d); burst, 1 if left out, may start at once after a pause. Any number if left out.",
            required = false)
    String rate() default "";

    @AttributeDefinition(name = "paused", description = "Whether nothing of it starts; jobs that run go on.")
    boolean paused() default false;

    @AttributeDefinition(
            name = "backlog.alert.ready.max",
            description =
                    "How many of its jobs may be ready before the doctor, the log and an event tell of it; 0 for any"
                            + " number.",
            min = "0",
            max = "100000000")
    int backlog_alert_ready_max() default 0;

    @AttributeDefinition(
            name = "backlog.alert.oldest.seconds",
            description =
                    "Seconds for which one of its jobs may be ready before the doctor, the log and an event tell of"
                            + " it; 0 for ever.",
            min = "0",
            max = "31536000")
    int backlog_alert_oldest_seconds() default 0;
}
