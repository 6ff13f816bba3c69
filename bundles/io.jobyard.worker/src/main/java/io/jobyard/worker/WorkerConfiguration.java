// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the threads that run jobs. */
@ObjectClassDefinition(name = "Jobyard worker", description = "The threads that run jobs.")
@interface WorkerConfiguration {

    @AttributeDefinition(
            name = "worker.threads",
            description = "Maximum number of jobs that run at once.",
            min = "1",
            max = "32")
    int worker_threads() default WorkerSettings.THREADS;

    @AttributeDefinition(
            name = "drain.timeout.seconds",
            description = "Seconds that running jobs get to finish when their handler or the host"
                    + " stops; then they are interrupted and requeued.",
            min = "0",
            max = "3600")
    int drain_timeout_seconds() default WorkerSettings.DRAIN_SECONDS;

    @AttributeDefinition(
            name = "cancel.grace.seconds",
            description = "Seconds that an interrupted handler gets to finish; then its outcome is recorded, its"
                    + " thread is reported as stuck, and its worker slot is filled again.",
            min = "1",
            max = "600")
    int cancel_grace_seconds() default WorkerSettings.GRACE_SECONDS;

    @AttributeDefinition(
            name = "quarantine.host.losses",
            description =
                    "Number of consecutive host crashes (each within an hour of the previous one), with runs of only this"
                            + " bundle or by its System.exit, after which the bundle is quarantined until it is updated"
                            + " or released with job:release; 0: never.",
            min = "0",
            max = "100")
    int quarantine_host_losses() default WorkerSettings.HOST_LOSSES;
}
