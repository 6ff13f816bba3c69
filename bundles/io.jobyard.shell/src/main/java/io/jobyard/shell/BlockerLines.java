// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Blocker;
import io.jobyard.spi.text.ShownTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keeps jobs from starting, for people. */
final class BlockerLines {

    /** Their details begin with the name of a queue or a limit. */
    private static final Set<String> NAMED = Set.of("queue", "limit");

    private BlockerLines() {}

    static void print(List<Blocker> blockers, Screen screen) {
        blockers.forEach(blocker -> screen.lines("  " + screen.wrapped(text(blocker), 2)));
    }

    /** With the time before which the job does not start, if there are several blockers. */
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
