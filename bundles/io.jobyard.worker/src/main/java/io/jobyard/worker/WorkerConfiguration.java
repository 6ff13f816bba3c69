// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the slots that running jobs occupy. */
@ObjectClassDefinition(name = "Jobyard worker", description = "The slots that running jobs occupy.")
@interface WorkerConfiguration {

    @AttributeDefinition(
            name = "worker.threads",
            description = "Maximum number of running jobs whose handlers use a thread.",
            min = "1",
            max = "32")
    int worker_threads() default WorkerSettings.THREADS;

    @AttributeDefinition(
            name = "async.jobs",
            description = "Maximum number of running jobs of asynchronous handlers, which wait without a thread, and of"
                    + " handlers on virtual threads; 0: this host runs no such jobs.",
            min = "0",
            max = "20000")
    int async_jobs() default WorkerSettings.ASYNC_JOBS;

    @AttributeDefinition(
            name = "async.bytes",
            description = "Size of the payloads and results of these jobs while they run, in bytes; above it, this host"
                    + " starts no more of them. Default: an eighth of the heap.",
            required = false)
    String async_bytes() default "";

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

    @AttributeDefinition(
            name = "stream.flush.ms",
            description =
                    "Milliseconds within which the texts that a run emits are stored together, as one piece of its"
                            + " stream; readers see a text that late. 0: each text at once, as its own piece.",
            min = "0",
            max = "10000")
    int stream_flush_ms() default WorkerSettings.FLUSH_MILLIS;
}
