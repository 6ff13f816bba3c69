// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.HandlerName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handler that a host has.
 *
 * @param name version and bundle
 * @param limits names of the limits that its jobs draw on because it says so
 * @param schema the JSON Schema of its payloads, as its bundle has it; null if it brings none
 * @param privileged whether roles must name the type before their members may submit it
 * @param form the first version whose payloads have the form of its own, as far as its bundle says; null if it says nothing
 */
public record HostHandler(
        String type,
        HandlerName name,
        Set<String> limits,
        @Nullable String schema,
        boolean privileged,
        @Nullable String form) {

    public HostHandler {
        limits = Set.copyOf(limits);
    }

    /**
     * A handler that is not privileged, and whose bundle says nothing of forms.
     *
     * @param name version and bundle
     * @param limits names of the limits that its jobs draw on because it says so
     * @param schema the JSON Schema of its payloads
     */
    public HostHandler(String type, HandlerName name, Set<String> limits, @Nullable String schema) {
        this(type, name, limits, schema, false, null);
    }
}
