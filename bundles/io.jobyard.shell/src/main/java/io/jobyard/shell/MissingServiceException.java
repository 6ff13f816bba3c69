// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;

/** Exception for a service that a command needs and that is not available now. */
final class MissingServiceException extends JobyardException {

    private static final long serialVersionUID = 1L;

    MissingServiceException(String service, String bundle) {
        super("unavailable", "the service " + service + " is missing: is the bundle " + bundle + " active?", null);
    }
}
