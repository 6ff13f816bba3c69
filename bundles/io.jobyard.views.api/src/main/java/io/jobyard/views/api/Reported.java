// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.StatusReporter;

/**
 * Value with the reporter that can read more about it, for example the current queue of a job.
 *
 * @param reporter answers questions when the value is shown, for the user who sees it
 */
public record Reported<T>(T what, StatusReporter reporter) {

    /** Combines another value with the same reporter. */
    public <U> Reported<U> with(U other) {
        return new Reported<>(other, reporter);
    }
}
