// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.NamedLimit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Values that a limit counts separately, with the allowance of each. A value without jobs is removed once its amounts are restored. If
 * there are too many values, the least recently used one is removed. Guarded by the lock of {@link Lanes}.
 */
final class LimitValues {

    /** Number of unused values to examine for each new value. It exceeds one, so that the number of unused values shrinks. */
    private static final int LOOKED_AT = 2;

    private final Map<String, NamedLimitAllowance> all = new HashMap<>();
    /** Values without jobs, least recently used first. */
    private final Map<String, NamedLimitAllowance> unused = new LinkedHashMap<>();

    private final Allowances allowances;
    private final Consumer<Allowance> moved;
    private LimitSettings settings;

    LimitValues(LimitSettings settings, Allowances allowances, Consumer<Allowance> moved) {
        this.settings = settings;
        this.allowances = allowances;
        this.moved = moved;
    }

    Collection<NamedLimitAllowance> all() {
        return all.values();
    }

    /** Returns the allowance of a value. */
    NamedLimitAllowance value(NamedLimit named, long now) {
        String text = named.text();
        NamedLimitAllowance known = all.get(text);
        if (known != null) {
            return known;
        }
        forgetSome(LOOKED_AT, now);
        NamedLimitAllowance fresh = new NamedLimitAllowance(named, allowances, this::moved);
        all.put(text, fresh);
        unused.put(text, fresh);
        fresh.follow(settings, now);
        return fresh;
    }

    void follow(LimitSettings next, long now) {
        settings = next;
        all.values().forEach(value -> value.follow(next, now));
        forgetSome(all.size(), now);
    }

    private void moved(Allowance moving) {
        NamedLimitAllowance value = (NamedLimitAllowance) moving;
        if (value.isUsed()) {
            unused.remove(value.name);
        } else {
            unused.putIfAbsent(value.name, value);
        }
        moved.accept(value);
    }

    private void forgetSome(int looks, long now) {
        Iterator<NamedLimitAllowance> oldest = unused.values().iterator();
        for (int look = 0; oldest.hasNext() && (look < looks || all.size() >= settings.keysMax()); look++) {
            NamedLimitAllowance value = oldest.next();
            if (all.size() >= settings.keysMax() || !value.remembers(now)) {
                oldest.remove();
                all.remove(value.name);
                value.forget();
            }
        }
    }
}
