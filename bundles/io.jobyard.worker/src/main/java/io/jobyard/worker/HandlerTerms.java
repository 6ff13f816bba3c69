// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * What holds for the jobs of a handler, as it and its bundle say.
 *
 * @param schema what their payloads must fit
 * @param limits what they draw on
 * @param migratesTo where migrators lead of which its bundle says that it has them
 * @param description what it does, as it says itself; empty if it says nothing
 * @param effects what its jobs leave alone, as it says itself
 * @param resultSchema what its bundle says of their results; null if it says nothing
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
