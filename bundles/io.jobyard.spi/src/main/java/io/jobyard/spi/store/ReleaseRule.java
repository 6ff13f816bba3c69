// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what the end of dependencies brings to a job that waits for them. Asked within the commit that ends them, on
 * the store's writing thread: answers at once, and from its arguments alone.
 */
@FunctionalInterface
@ConsumerType
public interface ReleaseRule {

    /**
     * The change of one dependent.
     *
     * @param dependent the job, as that commit has it
     * @param ended the edges that lead to it from jobs that have ended, at least one
     * @return its change, which takes these edges away
     */
    Move release(StoredJob dependent, List<Edge> ended);
}
