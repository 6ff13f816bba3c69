// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RetryableException;
import java.time.Duration;

/** Error for a run that reads a secret while no interceptor provides secrets. */
final class NoSecrets {

    private static final Duration LATER = Duration.ofSeconds(30);

    private NoSecrets() {}

    /** Throws the error. It allows a retry, because the administrator can fix the problem. */
    static String refuse(String name) {
        throw new RetryableException(
                "secret " + ErrorText.cut(name)
                        + ": not available, because no bundle provides secrets: start io.jobyard.secrets",
                LATER,
                null);
    }
}
