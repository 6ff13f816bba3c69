// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * What a request would be done to.
 *
 * @param jobs how many jobs
 * @param first the youngest of them that the caller may see, {@value #SHOWN} at most
 * @param isAll whether all jobs were looked at; else there may be more
 */
public record BulkPreview(long jobs, List<Job> first, boolean isAll) {

    /** So many jobs are shown. */
    public static final int SHOWN = 10;

    public BulkPreview {
        first = List.copyOf(first);
    }
}
