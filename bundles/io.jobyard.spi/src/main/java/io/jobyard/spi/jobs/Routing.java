// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import org.osgi.annotation.versioning.ProviderType;

/** Queue of jobs that request none. Answers from memory, because it is called during a commit. */
@ProviderType
@FunctionalInterface
public interface Routing {

    /** Returns the current queue of a type's jobs that request none. */
    String route(String type);
}
