// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.Finding;
import io.jobyard.store.api.StoreFault;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reason why the store has no database now, for callers and the doctor. A full disk also breaks connections and still allows reads, so it
 * remains the reason until a commit succeeds. Damage is permanent, and so is the end of the incarnation by another host.
 */
public final class StoreHealth {

    /** Message for a full disk. */
    public static final String FULL =
            "the disk of the database is full: make room, and the host continues automatically";

    private record StoreProblem(StoreFault fault, String text, Instant since, Instant last) {}

    private final Clock clock;
    private final String remedy;
    private volatile @Nullable StoreProblem problem;
    private Consumer<String> whenDamaged = why -> {};
    private Consumer<String> whenFenced = why -> {};

    /** Creates the state, with the remedy for damage. */
    public StoreHealth(Clock clock, String remedy) {
        this.clock = clock;
        this.remedy = remedy;
    }

    /** Records a failure of the database. Returns the current reason. */
    public synchronized String tell(StoreFault fault, String text) {
        StoreProblem before = problem;
        Instant now = clock.instant();
        boolean stays = false;
        StoreProblem after = new StoreProblem(fault, text, before == null ? now : before.since(), now);
        if (before != null
                && (before.fault().isFinished() || before.fault() == StoreFault.FULL && !fault.isFinished())) {
            stays = true;
            after = new StoreProblem(before.fault(), before.text(), before.since(), now);
        }
        problem = after;
        if (fault == StoreFault.DAMAGED && !stays) {
            whenDamaged.accept(text);
        } else if (fault == StoreFault.FENCED && !stays) {
            whenFenced.accept(text);
        }
        return after.text();
    }

    /** Registers a listener for damage. It is called once, immediately if the damage is already known. */
    public synchronized void whenDamaged(Consumer<String> listener) {
        whenDamaged = listener;
        tellIf(StoreFault.DAMAGED, listener);
    }

    /** Registers a listener for the end of this incarnation by another host. It is called once, immediately if the end is already known. */
    public synchronized void whenFenced(Consumer<String> listener) {
        whenFenced = listener;
        tellIf(StoreFault.FENCED, listener);
    }

    private void tellIf(StoreFault fault, Consumer<String> listener) {
        StoreProblem now = problem;
        if (now != null && now.fault() == fault) {
            listener.accept(now.text());
        }
    }

    /** Returns why the database is no longer used, with the remedy; null while it is in use. */
    @Nullable
    public String end() {
        StoreProblem now = problem;
        return now == null || !now.fault().isFinished()
                ? null
                : now.fault() == StoreFault.DAMAGED ? now.text() + "; " + remedy : now.text();
    }

    /** Records that the database has answered a query. */
    synchronized void answered() {
        StoreProblem before = problem;
        if (before != null
                && before.fault() != StoreFault.FULL
                && !before.fault().isFinished()) {
            problem = null;
        }
    }

    /** Records a commit. */
    public synchronized void committed() {
        if (end() == null) {
            problem = null;
        }
    }

    public List<Finding> examine() {
        StoreProblem now = problem;
        return now == null
                ? List.of()
                : List.of(new Finding(
                        Finding.STORE,
                        now.text() + " (since " + now.since() + ", last at " + now.last() + ")",
                        help(now.fault())));
    }

    private String help(StoreFault fault) {
        return switch (fault) {
            case DAMAGED -> remedy + "; running jobs are requeued then";
            case FENCED -> "start this host again; its jobs were requeued";
            default -> "restore it, or make room on its disk; until then, outcomes are kept and submits are refused";
        };
    }
}
