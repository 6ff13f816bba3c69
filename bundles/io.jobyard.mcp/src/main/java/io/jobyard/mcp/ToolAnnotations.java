// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.handler.HandlesJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Hints about the side effects of a tool. Clients assume the worst for a missing hint. */
final class ToolAnnotations {

    private static final String READ_ONLY = "readOnlyHint";
    private static final String DESTRUCTIVE = "destructiveHint";
    private static final String IDEMPOTENT = "idempotentHint";
    private static final String OPEN_WORLD = "openWorldHint";

    private ToolAnnotations() {}

    static Map<String, Object> reads() {
        return Map.of(READ_ONLY, true, OPEN_WORLD, false);
    }

    static Map<String, Object> changes(boolean destructive, boolean idempotent, boolean openWorld) {
        return Map.of(READ_ONLY, false, DESTRUCTIVE, destructive, IDEMPOTENT, idempotent, OPEN_WORLD, openWorld);
    }

    /** Returns only the hints that a handler declares for its jobs. */
    static Map<String, Object> of(Set<String> effects) {
        Map<String, Object> said = new LinkedHashMap<>();
        put(said, effects, HandlesJob.READS_ONLY, READ_ONLY, true);
        put(said, effects, HandlesJob.ADDS_ONLY, DESTRUCTIVE, false);
        put(said, effects, HandlesJob.REPEATABLE, IDEMPOTENT, true);
        put(said, effects, HandlesJob.INSIDE, OPEN_WORLD, false);
        return said;
    }

    private static void put(Map<String, Object> said, Set<String> effects, String effect, String hint, boolean is) {
        if (effects.contains(effect)) {
            said.put(hint, is);
        }
    }
}
