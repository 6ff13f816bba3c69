// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs of one queue, or of one limit, may have together: so many runs at once, so much of each unit in a time.
 * All of it is given together or not at all. Guarded by the lock of {@link Lanes}.
 */
final class Allowance {

    final LimitKind kind;
    final String name;
    /** What is kept of it for jobs that wait for more. */
    final Reserved reserved = new Reserved(this);

    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Map<String, LimitUse> stored = new TreeMap<>();
    private LimitSettings settings = LimitSettings.UNBOUNDED;
    /** Whether an attempt failed and none has completed since. */
    private boolean isFailing;

    private int running;
    /** How many places those take that run. */
    private int taken;
    /** How many lanes and groups of lanes draw on it. */
    private int lanes;

    private long shutUntil;
    private final LimitNews news;
    private final Consumer<Allowance> moved;

    /** What is to be stored of it is told to the last argument. */
    Allowance(LimitKind kind, String name, LimitNews news) {
        this(kind, name, news, allowance -> {});
    }

    /** The last argument hears when it may have opened, and when it is used, or no more. */
    Allowance(LimitKind kind, String name, LimitNews news, Consumer<Allowance> moved) {
        this.kind = kind;
        this.name = name;
        this.news = news;
        this.moved = moved;
    }

    /** One lane more draws on it, or one less. */
    void lanes(int difference) {
        lanes += difference;
        moved.accept(this);
    }

    /** Whether a lane draws on it, or a job that runs. */
    boolean isUsed() {
        return lanes > 0 || running > 0;
    }

    /** Whether what was drawn is not made good. */
    boolean remembers(long now) {
        return shutUntil > now
                || isFailing && settings.failingMax() != null
                || buckets.values().stream().anyMatch(bucket -> bucket.remembers(now))
                || stored.values().stream()
                        .anyMatch(use -> EpochNanos.of(use.fullAt()) > now || EpochNanos.of(use.warnedUntil()) > now);
    }

    /** The store need not remember it. */
    void forget() {
        buckets.values().stream()
                .filter(bucket -> bucket.remembers(0))
                .forEach(bucket -> news.changed(LimitUse.nothing(key(bucket.unit))));
        stored.keySet().forEach(unit -> news.changed(LimitUse.nothing(key(unit))));
        if (shutUntil > 0) {
            news.changed(LimitUse.nothing(key(LimitKey.ALL_UNITS)));
        }
    }

    int running() {
        return running;
    }

    int taken() {
        return taken;
    }

    /** How many places the starts take here together that need so much. */
    int slots(Demand demand) {
        return kind == LimitKind.LIMIT ? demand.slots(NamedLimit.parse(name).name()) : demand.starts();
    }

    /** Whether it has so many places at all. */
    boolean canHave(int slots) {
        return settings.runningMax() == null || slots <= settings.runningMax();
    }

    /** How many may run at once for now; null for any number. */
    @Nullable
    Integer most() {
        return settings.most(news.slots(), isFailing);
    }

    /** An attempt of a job that drew on it failed or completed. */
    void ended(boolean hasFailed) {
        if (hasFailed != isFailing) {
            isFailing = hasFailed;
            moved.accept(this);
        }
    }

    /** Why it can never give so much; null if it can. */
    @Nullable
    String oversized(Demand asked) {
        int slots = slots(asked);
        if (!canHave(slots)) {
            return slots + " slots are more than running.max " + settings.runningMax() + " of " + title();
        }
        Demand demand = drawnBy(asked);
        for (Bucket bucket : buckets.values()) {
            double amount = demand.of(bucket.unit);
            if (bucket.rate().isBudget() && amount > bucket.rate().amount()) {
                return bucket.unit + " = " + Rate.text(amount) + " is more than the whole budget of " + title()
                        + ", which is " + bucket.rate();
            }
        }
        return null;
    }

    private String title() {
        return kind.text() + " " + name;
    }

    LimitSettings settings() {
        return settings;
    }

    /** Until when nothing starts, or started; 0 if it was not shut since it was opened. */
    long shutUntil() {
        return shutUntil;
    }

    boolean hasSlots(int slots) {
        return canHave(taken + slots) && mayRun(1);
    }

    private boolean mayRun(int starts) {
        Integer most = most();
        return most == null || running + starts <= most;
    }

    private boolean hasSlots(Demand asked) {
        return hasSlots(slots(asked)) && mayRun(asked.starts());
    }

    Collection<Bucket> buckets() {
        return buckets.values();
    }

    /** Null if it does not count the unit. */
    @Nullable
    Bucket bucket(String unit) {
        return buckets.get(unit);
    }

    boolean counts(String unit) {
        return buckets.containsKey(unit);
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
                    stored.put(unit, Bucket.begun(use(buckets.get(unit)), now));
                }
                return gone;
            });
            next.rates().forEach((unit, rate) -> bucket(unit, rate, now));
        }
        moved.accept(this);
    }

    private void bucket(String unit, Rate rate, long now) {
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.change(rate, now);
            return;
        }
        Bucket fresh = rate.isBudget() ? new Budget(unit, rate, this::tell) : new Bucket(unit, rate, this::tell);
        LimitUse before = stored.remove(unit);
        if (before != null) {
            fresh.restore(before, rate, now);
        }
        buckets.put(unit, fresh);
    }

    /** Goes on from what the store remembers. */
    void restore(LimitUse use, long now) {
        String unit = use.key().unit();
        Bucket bucket = buckets.get(unit);
        if (unit.equals(LimitKey.ALL_UNITS)) {
            shutUntil = EpochNanos.of(use.fullAt());
        } else if (bucket != null) {
            bucket.restore(use, bucket.rate(), now);
        } else {
            stored.put(unit, Bucket.begun(use, now));
        }
    }

    /** How much is used as far as is known here. */
    List<LimitUse> counted() {
        List<LimitUse> counted = new ArrayList<>();
        buckets.values().forEach(bucket -> counted.add(bucket.counted(key(bucket.unit))));
        if (shutUntil > 0) {
            counted.add(new LimitUse(key(LimitKey.ALL_UNITS), EpochNanos.instant(shutUntil), 0, 0));
        }
        return counted;
    }

    /** Goes on from what was counted here, where that leaves less. */
    void atMost(LimitUse counted, long now) {
        String unit = counted.key().unit();
        Bucket bucket = buckets.get(unit);
        if (unit.equals(LimitKey.ALL_UNITS)) {
            shut(EpochNanos.of(counted.fullAt()));
        } else if (bucket != null) {
            bucket.atMost(counted, now);
        }
    }

    /** When a job may start that needs so much, as far as this goes. */
    long opensAt(Demand asked) {
        if (settings.fault() != null || !hasSlots(asked)) {
            return EpochNanos.NEVER;
        }
        Demand demand = drawnBy(asked);
        long opens = shutUntil;
        for (Bucket bucket : buckets.values()) {
            opens = Math.max(opens, bucket.opensAt(demand.of(bucket.unit)));
        }
        return opens;
    }

    /** Whether a further call of a job that runs may take what it is missing; what is kept for others is not for it. */
    boolean letsCall(ToDoubleFunction<Bucket> missing, Demand call, long now) {
        if (kind == LimitKind.CIRCUIT) {
            return true;
        }
        return settings.fault() == null
                && shutUntil <= now
                && buckets.values().stream()
                        .filter(bucket -> !bucket.unit.equals(Unit.STARTS))
                        .allMatch(bucket -> bucket.opensAt(missing.applyAsDouble(bucket)) <= now)
                && reserved.leavesAmounts(call, now);
    }

    /** All that keeps a job from starting that needs so much; nothing exactly when it may. */
    List<Blocker> shutBy(Demand asked, long now) {
        List<Blocker> blockers = new ArrayList<>();
        if (settings.fault() != null) {
            blockers.add(blocker(settings.fault(), null));
            return blockers;
        }
        if (!hasSlots(asked)) {
            blockers.add(blocker(positions(asked), null));
        }
        if (shutUntil > now) {
            String why = kind == LimitKind.CIRCUIT
                    ? "too many of its attempts failed"
                    : "the other side takes no more for a while";
            blockers.add(blocker(why, EpochNanos.instant(shutUntil)));
        }
        Demand demand = drawnBy(asked);
        for (Bucket bucket : buckets.values()) {
            double amount = demand.of(bucket.unit);
            int starts = demand.starts();
            long opens = starts == 1 ? bucket.opensAt(amount) : bucket.opensInTurn(amount, now);
            if (opens > now) {
                Instant until = opens == EpochNanos.NEVER ? null : EpochNanos.instant(opens);
                String needs = starts == 1
                        ? demand(amount, bucket)
                        : ", with those before it the job needs " + Rate.text(amount);
                blockers.add(blocker(told(bucket, now) + needs, until));
            }
        }
        return blockers;
    }

    private String positions(Demand asked) {
        Integer max = most();
        if (kind == LimitKind.CIRCUIT) {
            return running + " run, and " + max + " at once are tried";
        }
        int slots = slots(asked);
        boolean isAlone = asked.starts() == 1;
        String all = (taken == running && slots == asked.starts()
                        ? running + " of running.max " + max + " run"
                        : taken + " slots of running.max " + max + " are taken")
                + (isFailing && settings.failingMax() != null ? ", for the latest attempt failed" : "");
        if (!isAlone) {
            return all + (hasSlots(1) ? ", with those before it the job needs " + slots : "");
        }
        return all
                + (slots == 1 ? "" : ", the next job needs " + slots)
                + (canHave(slots) ? "" : ", more than there are: raise running.max, or cancel the job");
    }

    private String told(Bucket bucket, long now) {
        return bucket.unit + " " + Rate.text(bucket.level(now)) + " of "
                + bucket.rate().pace() + bucket.since() + onTheirWay(bucket);
    }

    private static String onTheirWay(Bucket bucket) {
        return bucket.unbegun() == 0 ? "" : ", " + Rate.text(bucket.unbegun()) + " taken by jobs that begin now";
    }

    private static String demand(double amount, Bucket bucket) {
        if (amount <= 1) {
            return "";
        }
        return ", the next job needs " + Rate.text(amount)
                + (amount <= bucket.rate().burst()
                        ? ""
                        : bucket.rate().isBudget()
                                ? ", more than all of it: raise the budget, or cancel the job"
                                : ", more than the burst, and so a full bucket");
    }

    /** When all amounts are there that a job needs, if nothing else is taken until then. */
    long amountsAt(Demand asked, long now) {
        Demand demand = drawnBy(asked);
        long at = settings.fault() != null ? EpochNanos.NEVER : shutUntil;
        for (Bucket bucket : buckets.values()) {
            at = Math.max(at, bucket.goodAt(demand.of(bucket.unit), 0, now));
        }
        return at;
    }

    /** Whether jobs that need less can pass one that waits for an amount. */
    boolean hasAmountsFor(Demand asked) {
        Demand demand = drawnBy(asked);
        for (Bucket bucket : buckets.values()) {
            if (demand.of(bucket.unit) > 0) {
                return true;
            }
        }
        return false;
    }

    /** What is drawn here by jobs that need so much: of a queue 1 for each start, of a share also 1 of its starts. */
    Demand drawnBy(Demand asked) {
        return switch (kind) {
            case QUEUE -> asked.ofQueue();
            case ROLE -> Demand.ofShare(asked);
            default -> asked;
        };
    }

    void start(int slots) {
        running++;
        taken += slots;
        moved.accept(this);
    }

    void end(int slots) {
        running--;
        taken -= slots;
        moved.accept(this);
    }

    /** Nothing runs, as far as is known. */
    void forgetRuns() {
        running = 0;
        taken = 0;
        moved.accept(this);
    }

    /** It is shut no more. */
    void open() {
        shutUntil = 0;
        news.changed(LimitUse.nothing(key(LimitKey.ALL_UNITS)));
        moved.accept(this);
    }

    /** Nothing starts until then. */
    void shut(long until) {
        if (until > shutUntil) {
            shutUntil = until;
            news.changed(new LimitUse(key(LimitKey.ALL_UNITS), EpochNanos.instant(shutUntil), 0, 0));
        }
    }

    /** Its budget of that unit, if that has a warning threshold. */
    Optional<WarningBudget> warningBudget(String unit) {
        return Optional.ofNullable(buckets.get(unit))
                .filter(bucket -> bucket.rate().warningPercent() != null)
                .map(bucket -> new WarningBudget(key(unit), bucket.rate()));
    }

    /** Nobody has been told of warning thresholds, as far as is known. */
    void forgetSoftTold() {
        buckets.values().forEach(bucket -> bucket.markWarned(0));
    }

    /** Tells of warning thresholds that are passed and were not told. */
    void tellSoft() {
        buckets.values().stream()
                .filter(bucket -> bucket.rate().warningPercent() != null)
                .forEach(Bucket::changed);
    }

    /** That a warning threshold is passed could not be stored: it is told with what is stored next. */
    void tellSoftAgain(String unit) {
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.markWarned(0);
            bucket.changed();
        }
    }

    /** Those that were passed in this period. */
    Stream<LimitEvent> warningPassed(long now) {
        return buckets.values().stream()
                .map(bucket -> bucket.warningPassed(kind, name, now))
                .filter(Objects::nonNull);
    }

    private void tell(Bucket bucket) {
        LimitEvent passed = bucket.tellSoft(kind, name);
        if (passed != null) {
            news.passed(passed);
        }
        news.changed(use(bucket));
        moved.accept(this);
    }

    private LimitUse use(Bucket bucket) {
        return bucket.use(key(bucket.unit));
    }

    private LimitKey key(String unit) {
        return new LimitKey(kind, name, unit);
    }

    private Blocker blocker(String detail, @Nullable Instant until) {
        return new Blocker(kind.text(), name + ": " + detail, until);
    }
}
