// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides the effect of finished dependencies on a job that waits for them. Called within the commit that ends them, on the store's writing
 * thread: must answer at once, and from its arguments alone.
 */
@FunctionalInterface
@ConsumerType
public interface ReleaseRule {

    /** Returns the change of one dependent as in that commit, which removes the edges that lead to it from finished jobs, at least one. */
    Move release(StoredJob dependent, List<Edge> ended);
}
