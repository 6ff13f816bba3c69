// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The values that a limit counts apart: what the jobs of each may have together. Those that no job draws on are forgotten
 * once all is made good, and if they are too many, the one that was used longest ago. Guarded by the lock of {@link Lanes}.
 */
final class LimitValues {

    /** So that each new value makes up for itself and for one that came before. */
    private static final int LOOKED_AT = 2;

    private final Map<String, Allowance> all = new HashMap<>();
    /** Those that no job draws on, the one first that was used longest ago. */
    private final Map<String, Allowance> unused = new LinkedHashMap<>();

    private final LimitNews news;
    private final Consumer<Allowance> moved;
    private LimitSettings settings;

    LimitValues(LimitSettings settings, LimitNews news, Consumer<Allowance> moved) {
        this.settings = settings;
        this.news = news;
        this.moved = moved;
    }

    Collection<Allowance> all() {
        return all.values();
    }

    /** That of a value, as the lanes of jobs name it. */
    Allowance value(String text, long now) {
        Allowance known = all.get(text);
        if (known != null) {
            return known;
        }
        forgetSome(LOOKED_AT, now);
        Allowance fresh = new Allowance(LimitKind.LIMIT, text, news, this::moved);
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

    private void moved(Allowance value) {
        if (value.isUsed()) {
            unused.remove(value.name);
        } else {
            unused.putIfAbsent(value.name, value);
        }
        moved.accept(value);
    }

    private void forgetSome(int looks, long now) {
        Iterator<Allowance> oldest = unused.values().iterator();
        for (int look = 0; oldest.hasNext() && (look < looks || all.size() >= settings.keysMax()); look++) {
            Allowance value = oldest.next();
            if (all.size() >= settings.keysMax() || !value.remembers(now)) {
                oldest.remove();
                all.remove(value.name);
                value.forget();
            }
        }
    }
}
