// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Handler of a type; also stands for a missing handler.
 *
 * @param version the handler's version; null if missing
 * @param bundle symbolic name, version and build of its bundle, as in {@link HandlerName}; null if missing
 * @param state {@code active}; {@code canary} if its version gets a share of the jobs; {@code excluded} if its version is outside the range
 * of the type's configuration; {@code quarantined} if its bundle is quarantined; {@code duplicate} if another bundle's handler of the same
 * type and version was deployed first and gets the jobs; {@code draining} if its bundle is stopping and has unfinished runs; {@code
 * missing} for a type with jobs and without a handler
 * @param running number of current runs
 * @param queued number of ready jobs of the type
 * @param description of the handler, from its annotation; may be empty
 * @param submittable whether the caller may submit jobs of the type
 */
public record HandlerStatus(
        String type,
        @Nullable String version,
        @Nullable String bundle,
        String state,
        int running,
        long queued,
        String description,
        boolean submittable) {

    /**
     * Creates a status without a description, for a type that the caller may submit.
     *
     * @param version the handler's version; null if missing
     * @param bundle symbolic name, version and build of its bundle, as in {@link HandlerName}; null if missing
     * @param state as in this record
     * @param running number of current runs
     * @param queued number of ready jobs of the type
     */
    public HandlerStatus(
            String type, @Nullable String version, @Nullable String bundle, String state, int running, long queued) {
        this(type, version, bundle, state, running, queued, "", true);
    }

    /** Returns a copy for a caller who may not submit jobs of the type. */
    public HandlerStatus notSubmittable() {
        return new HandlerStatus(type, version, bundle, state, running, queued, description, false);
    }
}
