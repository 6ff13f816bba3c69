// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The threads that run jobs. */
@ObjectClassDefinition(name = "Jobyard worker", description = "The threads that run jobs.")
@interface WorkerConfiguration {

    @AttributeDefinition(name = "worker.threads", description = "How many jobs run at once.", min = "1", max = "32")
    int worker_threads() default WorkerSettings.THREADS;

    @AttributeDefinition(
            name = "drain.timeout.seconds",
            description = "Seconds that running jobs get to end by themselves when their handler leaves or the host"
                    + " stops; then they are interrupted and go back to their lane.",
            min = "0",
            max = "3600")
    int drain_timeout_seconds() default WorkerSettings.DRAIN_SECONDS;

    @AttributeDefinition(
            name = "cancel.grace.seconds",
            description =
                    "Seconds that an interrupted handler gets to end; then its outcome is recorded without it, its"
                            + " thread is reported stuck and its place is filled again.",
            min = "1",
            max = "600")
    int cancel_grace_seconds() default WorkerSettings.GRACE_SECONDS;

    @AttributeDefinition(
            name = "quarantine.host.losses",
            description =
                    "Times in a row (each within an hour of the one before) that the host is lost while a bundle's"
                            + " handlers alone have runs, or is ended by its System.exit, after which the bundle is set"
                            + " aside until it is updated or let back with job:release; 0 for never.",
            min = "0",
            max = "100")
    int quarantine_host_losses() default WorkerSettings.HOST_LOSSES;
}
