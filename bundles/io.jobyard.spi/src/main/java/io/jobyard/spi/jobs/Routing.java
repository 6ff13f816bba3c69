// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import org.osgi.annotation.versioning.ProviderType;

/** Routing of jobs that request no queue. Reads only memory, because it is called during a commit. */
@ProviderType
@FunctionalInterface
public interface Routing {

    /** Returns the current queue for jobs of a type that request none. */
    String route(String type);
}
