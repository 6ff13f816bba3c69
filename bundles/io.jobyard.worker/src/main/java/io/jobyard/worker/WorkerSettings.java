// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import java.time.Duration;

/**
 * Checked values of {@code io.jobyard.worker}.
 *
 * @param asyncBytes size of payloads and results of asynchronous runs, from which on no further ones are accepted
 * @param streamFlushMillis time within which the emitted text of a run shares one row; 0: each text has its own
 */
record WorkerSettings(
        int threads,
        int asyncJobs,
        long asyncBytes,
        int drainTimeoutSeconds,
        int cancelGraceSeconds,
        int quarantineHostLosses,
        int streamFlushMillis) {

    static final String PID = "io.jobyard.worker";
    static final int THREADS = 4;
    static final int ASYNC_JOBS = 1_000;
    private static final int HEAP_PART = 8;
    static final int DRAIN_SECONDS = 10;
    static final int GRACE_SECONDS = 10;
    static final int HOST_LOSSES = 10;
    static final int FLUSH_MILLIS = 100;

    static WorkerSettings read(SettingsReader reader) {
        return new WorkerSettings(
                reader.integer("worker.threads", THREADS, 1, 32),
                reader.integer("async.jobs", ASYNC_JOBS, 0, Slots.MOST_ASYNC),
                reader.value("async.bytes", Runtime.getRuntime().maxMemory() / HEAP_PART, WorkerSettings::bytes),
                reader.integer("drain.timeout.seconds", DRAIN_SECONDS, 0, 3_600),
                reader.integer("cancel.grace.seconds", GRACE_SECONDS, 1, 600),
                reader.integer("quarantine.host.losses", HOST_LOSSES, 0, 100),
                reader.integer("stream.flush.ms", FLUSH_MILLIS, 0, 10_000));
    }

    private static Long bytes(String text) {
        if (text.matches("[1-9][0-9]{0,14}")) {
            return Long.valueOf(text);
        }
        throw new IllegalArgumentException("use a whole number of bytes, at least 1, or omit the key");
    }

    /** Returns the maximum number of simultaneous runs of a kind. */
    int slots(SlotKind kind) {
        return kind == SlotKind.THREAD ? threads : asyncJobs;
    }

    Duration drainTimeout() {
        return Duration.ofSeconds(drainTimeoutSeconds);
    }

    Duration streamFlush() {
        return Duration.ofMillis(streamFlushMillis);
    }

    Duration cancelGrace() {
        return Duration.ofSeconds(cancelGraceSeconds);
    }

    @Override
    public String toString() {
        return "worker.threads = " + threads + ", async.jobs = " + asyncJobs + ", async.bytes = " + asyncBytes
                + ", drain.timeout.seconds = "
                + drainTimeoutSeconds
                + ", cancel.grace.seconds = " + cancelGraceSeconds + ", quarantine.host.losses = "
                + quarantineHostLosses + ", stream.flush.ms = " + streamFlushMillis;
    }
}
