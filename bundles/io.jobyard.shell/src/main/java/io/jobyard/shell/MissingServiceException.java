// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;

/** A command needs a service that is not there now. */
final class MissingServiceException extends JobyardException {

    private static final long serialVersionUID = 1L;

    MissingServiceException(String service, String bundle) {
        super("unavailable", "the service " + service + " is missing: is the bundle " + bundle + " active?", null);
    }
}
