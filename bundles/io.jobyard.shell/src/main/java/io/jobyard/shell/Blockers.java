// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Blocker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keeps jobs from starting, for people and in JSON. */
final class Blockers {

    /** Their details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    private Blockers() {}

    /** {@code open}, {@code paused} or {@code shut}. */
    static String state(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return "open";
        }
        return blockers.get(0).gate().equals("paused") ? "paused" : "shut";
    }

    static void print(List<Blocker> blockers, Screen screen) {
        blockers.forEach(blocker -> screen.lines("  " + screen.wrapped(text(blocker), 2)));
    }

    private static String text(Blocker blocker) {
        boolean named = NAMED.contains(blocker.gate());
        String until = blocker.until() == null ? "" : (named ? ", opens " : ", until ") + JobText.time(blocker.until());
        return blocker.gate() + (named ? " " : ": ") + blocker.detail() + until;
    }

    static List<Map<String, @Nullable Object>> json(List<Blocker> blockers) {
        return blockers.stream()
                .map(blocker -> Json.object(
                        "gate", blocker.gate(), "detail", blocker.detail(), "until", Json.instant(blocker.until())))
                .toList();
    }
}
