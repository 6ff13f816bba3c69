// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.StatusReporter;

/**
 * Value with the reporter that can read more about it, for example the current queue of a job.
 *
 * @param what the value
 * @param reporter answers questions when the value is shown, for the user who sees it
 * @param <T> the type of the value
 */
public record Reported<T>(T what, StatusReporter reporter) {

    /**
     * Combines another value with the same reporter.
     *
     * @param other the other value
     * @param <U> the type of the other value
     * @return the other value with the reporter
     */
    public <U> Reported<U> with(U other) {
        return new Reported<>(other, reporter);
    }
}
