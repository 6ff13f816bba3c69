// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Blocker;
import io.jobyard.spi.text.ShownTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints for people the blockers that keep jobs from starting. */
final class BlockerLines {

    /** Gates whose details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    private BlockerLines() {}

    static void print(List<Blocker> blockers, Screen screen) {
        blockers.forEach(blocker -> screen.lines("  " + screen.wrapped(text(blocker), 2)));
    }

    /** Prints the blockers and, if there are several, the earliest possible start. */
    static void print(List<Blocker> blockers, @Nullable Instant earliestStart, Screen screen) {
        print(blockers, screen);
        if (earliestStart != null && blockers.size() > 1) {
            screen.line("  earliest start: " + ShownTime.of(earliestStart));
        }
    }

    private static String text(Blocker blocker) {
        boolean named = NAMED.contains(blocker.gate());
        String until = blocker.until() == null ? "" : (named ? ", opens " : ", until ") + ShownTime.of(blocker.until());
        return blocker.gate() + (named ? " " : ": ") + blocker.detail() + until;
    }
}
