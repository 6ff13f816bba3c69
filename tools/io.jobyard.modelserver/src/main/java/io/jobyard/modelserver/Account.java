// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What the server has charged, whatever it told its callers. Safe for use by several threads. */
public final class Account {

    private final List<Charge> charges = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    Account() {}

    void add(Charge charge) {
        charges.add(charge);
    }

    void addRefusal() {
        refused.incrementAndGet();
    }

    /**
     * All charges.
     *
     * @return in their order; a snapshot
     */
    public List<Charge> charges() {
        return List.copyOf(charges);
    }

    /**
     * How many calls were refused, and charged nothing.
     *
     * @return the number
     */
    public int refused() {
        return refused.get();
    }

    /**
     * The sum of some charges.
     *
     * @param which such as those of a key or a model
     * @return without key and model; complete if all of them are
     */
    public Charge total(Predicate<Charge> which) {
        List<Charge> these = charges.stream().filter(which).toList();
        return new Charge(
                "",
                "",
                sum(these, Charge::inputTokens),
                sum(these, Charge::cachedTokens),
                sum(these, Charge::outputTokens),
                these.stream().allMatch(Charge::isComplete));
    }

    private static long sum(List<Charge> charges, ToLongFunction<Charge> what) {
        return charges.stream().mapToLong(what).sum();
    }
}
