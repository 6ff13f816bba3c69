// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import org.osgi.annotation.versioning.ProviderType;

/** Where jobs stand that ask for no queue. Answers from memory, as it is asked while a commit is made. */
@ProviderType
@FunctionalInterface
public interface Routing {

    /**
     * The queue of a type.
     *
     * @return where its jobs stand now if they ask for no queue
     */
    String route(String type);
}
