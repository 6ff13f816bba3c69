// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RetryableException;
import java.time.Duration;

/** What a run is told that asks for a secret where no interceptor has said who gives them. */
final class NoSecrets {

    private static final Duration LATER = Duration.ofSeconds(30);

    private NoSecrets() {}

    /** Retryable: the administrator can mend it. */
    static String refuse(String name) {
        throw new RetryableException(
                "secret " + ErrorText.cut(name)
                        + ": not available, because no bundle provides secrets: start io.jobyard.secrets",
                LATER,
                null);
    }
}
