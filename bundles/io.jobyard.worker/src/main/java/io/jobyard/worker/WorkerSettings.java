// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import java.time.Duration;

/** Checked values of {@code io.jobyard.worker}. */
record WorkerSettings(int threads, int drainTimeoutSeconds, int cancelGraceSeconds, int quarantineHostLosses) {

    static final String PID = "io.jobyard.worker";
    static final int THREADS = 4;
    static final int DRAIN_SECONDS = 10;
    static final int GRACE_SECONDS = 10;
    static final int HOST_LOSSES = 10;

    static WorkerSettings read(SettingsReader reader) {
        return new WorkerSettings(
                reader.integer("worker.threads", THREADS, 1, 32),
                reader.integer("drain.timeout.seconds", DRAIN_SECONDS, 0, 3_600),
                reader.integer("cancel.grace.seconds", GRACE_SECONDS, 1, 600),
                reader.integer("quarantine.host.losses", HOST_LOSSES, 0, 100));
    }

    Duration drainTimeout() {
        return Duration.ofSeconds(drainTimeoutSeconds);
    }

    Duration cancelGrace() {
        return Duration.ofSeconds(cancelGraceSeconds);
    }

    @Override
    public String toString() {
        return "worker.threads = " + threads + ", drain.timeout.seconds = " + drainTimeoutSeconds
                + ", cancel.grace.seconds = " + cancelGraceSeconds + ", quarantine.host.losses = "
                + quarantineHostLosses;
    }
}
