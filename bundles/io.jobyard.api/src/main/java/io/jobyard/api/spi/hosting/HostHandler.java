// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.hosting;

import io.jobyard.api.HandlerName;
import java.util.Set;

/**
 * A handler that a host has.
 *
 * @param type the job type
 * @param name version and bundle
 * @param limits names of the limits that its jobs draw on because it says so
 */
public record HostHandler(String type, HandlerName name, Set<String> limits) {

    /**
     * Copies the set.
     *
     * @param type the job type
     * @param name version and bundle
     * @param limits names of the limits that its jobs draw on because it says so
     */
    public HostHandler {
        limits = Set.copyOf(limits);
    }
}
