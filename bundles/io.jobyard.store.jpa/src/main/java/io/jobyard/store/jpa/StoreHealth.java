// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.Finding;
import io.jobyard.store.api.StoreFault;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the store from its database at present, for callers and the doctor. A full disk takes connections along and
 * lets itself be read, so it stays the reason until a commit is made; damage is never over. Safe for use by several threads.
 */
final class StoreHealth {

    /** What is told of a full disk, whoever meets it. */
    static final String FULL = "the disk of the database is full: make room, and the host goes on by itself";

    private record Problem(StoreFault fault, String text, Instant since, Instant last) {}

    private final Clock clock;
    private volatile @Nullable Problem problem;
    private Consumer<String> listener = why -> {};

    StoreHealth(Clock clock) {
        this.clock = clock;
    }

    /** The database fails, again or still; what is the reason now. */
    synchronized String tell(StoreFault fault, String text) {
        Problem before = problem;
        boolean stays = before != null
                && (before.fault() == StoreFault.DAMAGED
                        || before.fault() == StoreFault.FULL && fault != StoreFault.DAMAGED);
        Instant now = clock.instant();
        Problem after = stays
                ? new Problem(before.fault(), before.text(), before.since(), now)
                : new Problem(fault, text, before == null ? now : before.since(), now);
        problem = after;
        if (fault == StoreFault.DAMAGED && !stays) {
            listener.accept(text);
        }
        return after.text();
    }

    /** Has the damage told, once; at once if it is known. */
    synchronized void whenDamaged(Consumer<String> newListener) {
        listener = newListener;
        String why = damage();
        if (why != null) {
            newListener.accept(why);
        }
    }

    /** How the database is damaged: from then on nobody asks it anything. Null if it is not known to be. */
    @Nullable
    String damage() {
        Problem now = problem;
        return now != null && now.fault() == StoreFault.DAMAGED ? now.text() : null;
    }

    /** A question was answered. */
    synchronized void answered() {
        Problem before = problem;
        if (before != null && before.fault() != StoreFault.FULL && before.fault() != StoreFault.DAMAGED) {
            problem = null;
        }
    }

    /** A commit was made. */
    synchronized void committed() {
        if (damage() == null) {
            problem = null;
        }
    }

    List<Finding> examine() {
        Problem now = problem;
        return now == null
                ? List.of()
                : List.of(new Finding(
                        Finding.STORE,
                        now.text() + " (since " + now.since() + ", last at " + now.last() + ")",
                        now.fault() == StoreFault.DAMAGED
                                ? OpeningReport.RESTORE + "; what runs is run again then"
                                : "bring it back, or make room on its disk; outcomes are kept and submits refused until"
                                        + " then"));
    }
}
