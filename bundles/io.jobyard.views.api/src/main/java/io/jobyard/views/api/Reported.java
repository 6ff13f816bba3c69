// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.StatusReporter;

/**
 * A thing with the reporter that knows more of it, such as the queue that a job is in now.
 *
 * @param what the thing
 * @param reporter is asked when it is shown, for the user it is shown to
 * @param <T> the thing
 */
public record Reported<T>(T what, StatusReporter reporter) {

    /**
     * Something else, shown with the same reporter.
     *
     * @param other the other thing
     * @param <U> the other thing
     * @return it with the reporter
     */
    public <U> Reported<U> with(U other) {
        return new Reported<>(other, reporter);
    }
}
