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
            description =
                    "Maximum total size of the payloads and results of the running jobs that async.jobs counts, in"
                            + " bytes. Above it, this host starts no more of these jobs. Default: an eighth of the heap.",
            required = false)
    String async_bytes() default "";

    @AttributeDefinition(
            name = "drain.timeout.seconds",
            description =
                    "Seconds that running jobs get to finish when their handler or the host stops. After this time,"
                            + " the host interrupts and requeues them.",
            min = "0",
            max = "3600")
    int drain_timeout_seconds() default WorkerSettings.DRAIN_SECONDS;

    @AttributeDefinition(
            name = "cancel.grace.seconds",
            description = "Seconds that an interrupted handler gets to finish. After this time, the host records the"
                    + " outcome, reports the thread as stuck and fills the worker slot again.",
            min = "1",
            max = "600")
    int cancel_grace_seconds() default WorkerSettings.GRACE_SECONDS;

    @AttributeDefinition(
            name = "quarantine.host.losses",
            description = "Number of consecutive host crashes after which the host quarantines a bundle until it is"
                    + " updated or released with job:release; 0: never. A crash counts if it came within an hour of the"
                    + " previous crash, and if only this bundle had runs or this bundle called System.exit.",
            min = "0",
            max = "100")
    int quarantine_host_losses() default WorkerSettings.HOST_LOSSES;

    @AttributeDefinition(
            name = "stream.flush.ms",
            description = "Milliseconds within which the host joins the texts that a run emits into one piece of its"
                    + " stream; readers receive a text up to this time late. 0: the host stores each text at once, as"
                    + " its own piece.",
            min = "0",
            max = "10000")
    int stream_flush_ms() default WorkerSettings.FLUSH_MILLIS;
}
