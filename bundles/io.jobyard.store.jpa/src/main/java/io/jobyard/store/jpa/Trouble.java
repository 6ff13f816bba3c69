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
 * What keeps the store from its database at present, for the doctor. A full disk lets itself be read, so only a commit
 * shows that it is over; damage is never over. Safe for use by several threads.
 */
final class Trouble {

    /** What is told of a full disk, whoever meets it. */
    static final String FULL = "the disk of the database is full: make room, and the host goes on by itself";

    private record Known(StoreFault fault, String problem, Instant since, Instant last) {}

    private final Clock clock;
    private volatile @Nullable Known known;
    private volatile @Nullable String damage;
    private Consumer<String> listener = why -> {};

    Trouble(Clock clock) {
        this.clock = clock;
    }

    /** There is some, again or still. A full disk takes connections along, and stays the reason. */
    synchronized void tell(StoreFault fault, String problem) {
        if (damage != null) {
            return;
        }
        if (fault == StoreFault.DAMAGED) {
            damage = problem;
            listener.accept(problem);
        }
        Known before = known;
        Instant now = clock.instant();
        Instant since = before == null ? now : before.since();
        known = before != null
                        && before.fault() == StoreFault.FULL
                        && fault != StoreFault.FULL
                        && fault != StoreFault.DAMAGED
                ? new Known(StoreFault.FULL, before.problem(), since, now)
                : new Known(fault, problem, since, now);
    }

    /** Has the damage told, once; at once if it is known. */
    synchronized void whenDamaged(Consumer<String> newListener) {
        listener = newListener;
        String why = damage;
        if (why != null) {
            newListener.accept(why);
        }
    }

    /** How the database is damaged: from then on nobody asks it anything. Null if it is not known to be. */
    @Nullable
    String damage() {
        return damage;
    }

    /** A question was answered. */
    synchronized void read() {
        Known before = known;
        if (before != null && before.fault() != StoreFault.FULL && damage == null) {
            known = null;
        }
    }

    /** A commit was made. */
    synchronized void committed() {
        if (damage == null) {
            known = null;
        }
    }

    List<Finding> examine() {
        Known now = known;
        return now == null
                ? List.of()
                : List.of(new Finding(
                        Finding.STORE,
                        now.problem() + " (since " + now.since() + ", last at " + now.last() + ")",
                        now.fault() == StoreFault.DAMAGED
                                ? Opening.RESTORE + "; what runs is run again then"
                                : "bring it back, or make room on its disk; outcomes are kept and submits refused until"
                                        + " then"));
    }
}
