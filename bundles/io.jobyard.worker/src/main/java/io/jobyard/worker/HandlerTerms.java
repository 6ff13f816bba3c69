// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Terms for the jobs of a handler, from its annotations and its bundle.
 *
 * @param schema schema of payloads
 * @param limits limits that its jobs use
 * @param migratesTo target versions of the migrators that its bundle declares
 * @param description description of its purpose; empty if not declared
 * @param effects side effects that its jobs declare not to have
 * @param resultSchema schema of results; null if the bundle has none
 * @param privileged whether roles must name its type before their members may submit it
 */
record HandlerTerms(
        PayloadSchema schema,
        Set<String> limits,
        Set<Version> migratesTo,
        RunTerms runs,
        String description,
        Set<String> effects,
        @Nullable String resultSchema,
        boolean privileged) {

    HandlerTerms {
        effects = Set.copyOf(effects);
        limits = Set.copyOf(limits);
        migratesTo = Set.copyOf(migratesTo);
    }
}
