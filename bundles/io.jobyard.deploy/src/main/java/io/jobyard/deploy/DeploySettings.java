// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.SettingsReader;
import java.time.Duration;

/** Checked values of {@code io.jobyard.deploy}. */
record DeploySettings(int timeoutSeconds) {

    static final String PID = "io.jobyard.deploy";
    static final int TIMEOUT_SECONDS = 30;

    static DeploySettings read(SettingsReader reader) {
        return new DeploySettings(reader.integer("deploy.timeout.seconds", TIMEOUT_SECONDS, 1, 600));
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    @Override
    public String toString() {
        return "deploy.timeout.seconds = " + timeoutSeconds;
    }
}
