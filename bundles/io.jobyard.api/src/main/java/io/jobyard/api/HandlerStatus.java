// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * A handler, or its absence.
 *
 * @param version the handler's version; null if there is none
 * @param bundle symbolic name, version and build of its bundle, as of {@link HandlerName}; null if there is none
 * @param state {@code active}; {@code canary} if its version is tried with a share of the jobs;
 *     {@code excluded} if its version is not in the range of the type's configuration;
 *     {@code quarantined} if its bundle is set aside; {@code duplicate} if another bundle's handler of the same type and
 *     version was deployed first and gets the jobs; {@code draining} if its bundle stops and runs of it have not ended;
 *     {@code missing} for a type that jobs wait for and no handler serves
 * @param running how many runs it has now
 * @param queued how many ready jobs of the type there are
 * @param description what it does, as it says itself; empty if it says nothing
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
     * One that does not say what it does, and whose jobs the caller may submit.
     *
     * @param version the handler's version; null if there is none
     * @param bundle symbolic name, version and build of its bundle, as of {@link HandlerName}; null if there is none
     * @param state as of this record
     * @param running how many runs it has now
     * @param queued how many ready jobs of the type there are
     */
    public HandlerStatus(
            String type, @Nullable String version, @Nullable String bundle, String state, int running, long queued) {
        this(type, version, bundle, state, running, queued, "", true);
    }

    /** The same for a caller who may not submit jobs of the type. */
    public HandlerStatus notSubmittable() {
        return new HandlerStatus(type, version, bundle, state, running, queued, description, false);
    }
}
