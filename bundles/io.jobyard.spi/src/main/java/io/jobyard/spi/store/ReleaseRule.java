// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides the effect of finished dependencies on a job that waits for them. It is called within the commit that finishes them, on the
 * store's writing thread, so it must return immediately and use only its arguments.
 */
@FunctionalInterface
@ConsumerType
public interface ReleaseRule {

    /** Returns the change of one dependent. The change removes the edges from finished jobs, at least one. */
    Move release(StoredJob dependent, List<Edge> ended);
}
