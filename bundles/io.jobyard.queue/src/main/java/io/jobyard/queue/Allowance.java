// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.LimitLevel;
import io.jobyard.api.spi.Rate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the jobs of one queue, or of one limit, may have together: so many runs at once, so much of each unit in a time.
 * All of it is given together or not at all. Guarded by the lock of {@link Lanes}.
 */
final class Allowance {

    final String kind;
    final String name;
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Map<String, LimitLevel> stored = new TreeMap<>();
    private LimitSettings settings = LimitSettings.UNBOUNDED;
    private int running;
    private long shutUntil;
    private final Consumer<LimitLevel> changed;

    /** What is to be stored of it is told to the last argument. */
    Allowance(String kind, String name, Consumer<LimitLevel> changed) {
        this.kind = kind;
        this.name = name;
        this.changed = changed;
    }

    int running() {
        return running;
    }

    LimitSettings settings() {
        return settings;
    }

    Collection<Bucket> buckets() {
        return buckets.values();
    }

    /** Whether it says nothing, so that it need not be kept. */
    boolean isIdle() {
        return running == 0 && settings.equals(LimitSettings.UNBOUNDED) && shutUntil == 0 && stored.isEmpty();
    }

    void follow(LimitSettings next, long now) {
        if (next.equals(settings)) {
            return;
        }
        settings = next;
        if (next.fault() == null) {
            buckets.keySet().removeIf(unit -> {
                boolean gone = !next.rates().containsKey(unit);
                if (gone) {
                    stored.put(unit, level(buckets.get(unit)));
                }
                return gone;
            });
            next.rates().forEach((unit, rate) -> bucket(unit, rate, now));
        }
    }

    private void bucket(String unit, Rate rate, long now) {
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.change(rate, now);
            return;
        }
        Consumer<Bucket> tell = drawn -> changed.accept(level(drawn));
        Bucket fresh = rate.budget() ? new Budget(unit, rate, tell) : new Bucket(unit, rate, tell);
        LimitLevel before = stored.remove(unit);
        if (before != null) {
            fresh.restore(Nanos.of(before.fullAt()), before.perSecond(), rate, now);
        }
        buckets.put(unit, fresh);
    }

    /** Goes on from what the store remembers. */
    void restore(LimitLevel level, long now) {
        Bucket bucket = buckets.get(level.unit());
        if (level.unit().equals(LimitLevel.SHUT)) {
            shutUntil = Nanos.of(level.fullAt());
        } else if (bucket != null) {
            bucket.restore(Nanos.of(level.fullAt()), level.perSecond(), bucket.rate(), now);
        } else {
            stored.put(level.unit(), level);
        }
    }

    /** When a job may start that needs so much, as far as this goes. */
    long opensAt(Need need) {
        if (settings.fault() != null || settings.runningMax() != null && running >= settings.runningMax()) {
            return Nanos.NEVER;
        }
        long opens = shutUntil;
        for (Bucket bucket : buckets.values()) {
            opens = Math.max(opens, bucket.opensAt(need.of(bucket.unit)));
        }
        return opens;
    }

    /** All that keeps a job from starting that needs so much; nothing exactly when it may. */
    List<Blocker> shutBy(Need need, long now) {
        List<Blocker> blockers = new ArrayList<>();
        if (settings.fault() != null) {
            blockers.add(new Blocker(kind, name + ": " + settings.fault(), null));
            return blockers;
        }
        Integer max = settings.runningMax();
        if (max != null && running >= max) {
            blockers.add(new Blocker(kind, name + ": " + running + " of running.max " + max + " run", null));
        }
        if (shutUntil > now) {
            blockers.add(
                    new Blocker(kind, name + ": the other side refused a job for a while", Nanos.instant(shutUntil)));
        }
        for (Bucket bucket : buckets.values()) {
            double amount = need.of(bucket.unit);
            long opens = bucket.opensAt(amount);
            if (opens > now) {
                blockers.add(new Blocker(kind, told(bucket, amount, now), Nanos.instant(opens)));
            }
        }
        return blockers;
    }

    private String told(Bucket bucket, double amount, long now) {
        String needs = need(amount, bucket);
        return name + ": " + bucket.unit + " " + Rate.text(bucket.level(now)) + " of "
                + bucket.rate().pace() + bucket.since() + needs;
    }

    private static String need(double amount, Bucket bucket) {
        if (amount <= 1) {
            return "";
        }
        return ", the next job needs " + Rate.text(amount)
                + (amount <= bucket.rate().burst()
                        ? ""
                        : bucket.rate().budget()
                                ? ", more than all of it, and so a new period"
                                : ", more than the burst, and so a full bucket");
    }

    void start() {
        running++;
    }

    void end() {
        running--;
    }

    /** Nothing starts until then. */
    void shut(long until) {
        if (until > shutUntil) {
            shutUntil = until;
            changed.accept(new LimitLevel(label(), LimitLevel.SHUT, Nanos.instant(shutUntil), 0));
        }
    }

    private LimitLevel level(Bucket bucket) {
        return new LimitLevel(label(), bucket.unit, Nanos.instant(bucket.fullAt()), bucket.perSecond());
    }

    private String label() {
        return kind + " " + name;
    }
}
