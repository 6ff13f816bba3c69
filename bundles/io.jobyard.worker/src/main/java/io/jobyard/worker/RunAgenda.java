// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs that must be looked at: those to which something happened, and those whose time has come. Thousands of runs that only wait cost
 * nothing. Only for one thread, except {@link #raise} and {@link #raiseAll}.
 */
final class RunAgenda {

    /** A time to look at a run, in the ticker's nanoseconds. Visits at the same time are in the order of their numbers. */
    private record Visit(long nanos, long number, Run run) implements Comparable<Visit> {

        @Override
        public int compareTo(Visit other) {
            long first = nanos - other.nanos; // the ticker may overflow
            return Long.signum(first != 0 ? first : number - other.number);
        }
    }

    private final LongSupplier ticker;
    private final Set<Run> raised = ConcurrentHashMap.newKeySet();
    private final Map<Run, Visit> next = new HashMap<>();
    private final NavigableSet<Visit> visits = new TreeSet<>();
    private long number;
    private volatile boolean isForAll;

    RunAgenda(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Records that something happened to a run. Safe for any thread. */
    void raise(Run run) {
        raised.add(run);
    }

    /** Records that something happened to all runs, for example a change of the configuration. Safe for any thread. */
    void raiseAll() {
        isForAll = true;
    }

    /** Returns the runs to look at now. The agenda has no further visit of these runs. */
    List<Run> take() {
        List<Run> taken = new ArrayList<>();
        if (isForAll) {
            isForAll = false; // before the caller looks, so that nothing that happens later is missed
            raised.addAll(next.keySet());
        }
        for (Iterator<Run> each = raised.iterator(); each.hasNext(); ) {
            Run run = each.next();
            each.remove(); // before the caller looks, too
            forget(next.remove(run));
            taken.add(run);
        }
        long now = ticker.getAsLong();
        while (!visits.isEmpty() && visits.first().nanos - now <= 0) {
            Run run = visits.first().run;
            forget(next.remove(run));
            taken.add(run);
        }
        return taken;
    }

    private void forget(@Nullable Visit visit) {
        if (visit != null) {
            visits.remove(visit);
        }
    }

    /** Plans the only visit of a run, after this time. */
    void plan(Run run, long nanosFromNow) {
        Visit visit = new Visit(ticker.getAsLong() + nanosFromNow, number++, run);
        forget(next.put(run, visit));
        visits.add(visit);
    }

    /** Returns the number of planned visits. */
    int size() {
        return visits.size();
    }
}
