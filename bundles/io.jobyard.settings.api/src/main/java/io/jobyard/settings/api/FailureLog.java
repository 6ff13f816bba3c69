// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.JobyardException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log of the failures of a repeated task. It writes a line when the task begins to fail, when the failure changes, and when the task works
 * again.
 */
public final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final String consequence;
    private @Nullable String current;
    private int times;

    /** @param consequence effect of a failure for the operator, as a sentence without a full stop */
    public FailureLog(String consequence) {
        this.consequence = consequence;
    }

    /** Logs a failure if it is the first failure, or differs from the previous failure. */
    public synchronized void failed(Throwable fault) {
        times++;
        if (fault.toString().equals(current)) {
            return;
        }
        current = fault.toString();
        if (fault instanceof JobyardException) {
            LOG.warn("{}: {}; retrying", consequence, fault.getMessage());
        } else if (fault instanceof IOException) {
            LOG.warn("{}: {}; retrying", consequence, current);
        } else {
            LOG.error("{}; retrying", consequence, fault);
        }
    }

    /** Logs the end of a failure, if there was one. */
    public synchronized void worked() {
        if (current != null) {
            LOG.info("Recovered after {} failures: {}", times, consequence);
            current = null;
            times = 0;
        }
    }

    /** Returns the current failure; empty while the task works. */
    public synchronized Optional<String> current() {
        return Optional.ofNullable(current);
    }
}
