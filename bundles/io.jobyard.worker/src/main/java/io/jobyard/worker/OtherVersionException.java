// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.SleepException;
import java.time.Duration;

/** Thrown if another version of the handler must run the job. The job sleeps, and may then go to another version. */
final class OtherVersionException extends SleepException {

    private static final long serialVersionUID = 1L;

    OtherVersionException(String why, Duration delay) {
        super(why, delay);
    }
}
