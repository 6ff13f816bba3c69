// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.util.Set;

/**
 * Available handler.
 *
 * @param bundle symbolic name, version and build of its bundle, as in {@link io.jobyard.api.HandlerName}
 * @param state state, as in {@link io.jobyard.api.HandlerStatus}
 * @param running number of current runs
 * @param bundleId framework ID of its bundle
 * @param description description from its annotation; may be empty
 * @param effects side effects that its jobs declare not to have, as in {@link io.jobyard.api.handler.HandlesJob#effects}; may be empty
 */
public record HandlerInfo(
        String type,
        String version,
        String bundle,
        String state,
        int running,
        long bundleId,
        String description,
        Set<String> effects) {

    public HandlerInfo {
        effects = Set.copyOf(effects);
    }

    /** Creates a handler without a description and effects. */
    public HandlerInfo(String type, String version, String bundle, String state, int running, long bundleId) {
        this(type, version, bundle, state, running, bundleId, "", Set.of());
    }
}
