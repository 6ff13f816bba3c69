// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Record of the server's charges, independent of the usage in its answers. Safe for use by several threads. */
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
     * Returns all charges.
     *
     * @return a snapshot, in order
     */
    public List<Charge> charges() {
        return List.copyOf(charges);
    }

    /**
     * Returns how many calls were refused without a charge.
     *
     * @return the number
     */
    public int refused() {
        return refused.get();
    }

    /**
     * Returns the sum of some charges.
     *
     * @param which selects charges, for example by key or model
     * @return a charge without key and model; complete if all selected charges are
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
