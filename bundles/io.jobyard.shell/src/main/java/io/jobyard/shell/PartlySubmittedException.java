// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import java.util.List;

/** Exception if the host stored some of many jobs and then refused a further job. */
final class PartlySubmittedException extends JobyardException {

    private static final long serialVersionUID = 1L;

    PartlySubmittedException(JobyardException cause, List<JobId> stored, int wanted) {
        super(
                cause.code(),
                stored.size() + " of " + wanted + " jobs were stored, up to " + stored.get(stored.size() - 1)
                        + "; then: " + cause.getMessage(),
                cause);
    }
}
