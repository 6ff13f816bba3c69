// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Preview of a request.
 *
 * @param jobs number of matching jobs
 * @param first youngest matching jobs that the caller may see, at most {@value #SHOWN}
 * @param isAll whether all jobs were checked; if false, more jobs may match
 */
public record BulkPreview(long jobs, List<Job> first, boolean isAll) {

    /** Maximum number of jobs in a preview. */
    public static final int SHOWN = 10;

    public BulkPreview {
        first = List.copyOf(first);
    }
}
