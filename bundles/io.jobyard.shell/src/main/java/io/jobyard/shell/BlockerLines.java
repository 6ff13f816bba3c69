// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Blocker;
import java.util.List;
import java.util.Set;

/** What keeps jobs from starting, for people. */
final class BlockerLines {

    /** Their details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    private BlockerLines() {}

    static void print(List<Blocker> blockers, Screen screen) {
        blockers.forEach(blocker -> screen.lines("  " + screen.wrapped(text(blocker), 2)));
    }

    private static String text(Blocker blocker) {
        boolean named = NAMED.contains(blocker.gate());
        String until = blocker.until() == null ? "" : (named ? ", opens " : ", until ") + JobText.time(blocker.until());
        return blocker.gate() + (named ? " " : ": ") + blocker.detail() + until;
    }
}
