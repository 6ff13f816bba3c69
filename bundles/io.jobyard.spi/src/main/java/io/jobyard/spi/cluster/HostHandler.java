// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.jobs.SlotKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handler of a host.
 *
 * @param name version and bundle
 * @param limits names of the limits that its jobs use, from its annotation
 * @param schema the JSON Schema of its payloads, from its bundle; null for none
 * @param privileged whether roles must name the type before their members may submit it
 * @param form first version with the same form of payloads, from its bundle; null if not declared
 * @param slots kind of slot that its jobs occupy
 */
public record HostHandler(
        String type,
        HandlerName name,
        Set<String> limits,
        @Nullable String schema,
        boolean privileged,
        @Nullable String form,
        SlotKind slots) {

    public HostHandler {
        limits = Set.copyOf(limits);
    }

    /** Creates a handler that uses a thread, is not privileged and declares no form. */
    public HostHandler(String type, HandlerName name, Set<String> limits, @Nullable String schema) {
        this(type, name, limits, schema, false, null, SlotKind.THREAD);
    }
}
