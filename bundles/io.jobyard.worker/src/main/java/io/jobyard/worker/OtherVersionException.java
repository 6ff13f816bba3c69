// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.SleepException;
import java.time.Duration;

/** Thrown when another version of the handler is to run the job: it sleeps, and does not stay with this version. */
final class OtherVersionException extends SleepException {

    private static final long serialVersionUID = 1L;

    OtherVersionException(String why, Duration delay) {
        super(why, delay);
    }
}
