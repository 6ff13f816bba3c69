// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.api.JobyardException;

/** Exception for a service that an operation or a command needs and that is not available now. */
public final class MissingServiceException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param service the interface of the service
     * @param bundle the symbolic name of the bundle that provides it
     */
    public MissingServiceException(Class<?> service, String bundle) {
        super(
                "unavailable",
                "the service " + service.getSimpleName() + " is missing: is the bundle " + bundle + " active?",
                null);
    }
}
