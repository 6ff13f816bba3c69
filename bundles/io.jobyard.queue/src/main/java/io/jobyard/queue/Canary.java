// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryStatus;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the runs of a type's canary with those of all other versions. If too many more of the canary's runs fail, it
 * gets no jobs until its rules change. The leader decides and stores this; the numbers of failures are not stored. Guarded
 * by the lock of {@link Lanes}.
 */
final class Canary {

    private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

    private final LimitKey key;
    private final Consumer<LimitUse> changed;
    private final OutcomeWindow tried = new OutcomeWindow();
    private final OutcomeWindow others = new OutcomeWindow();
    private @Nullable CanaryRules rules;
    private @Nullable VersionRange versions;
    private long since;
    /** Time of the rollback; 0 without one. */
    private long rolledBackAt;

    private double rolledBackFor;

    Canary(String type, Consumer<LimitUse> changed) {
        this.key = key(type);
        this.changed = changed;
    }

    /** Returns the key under which the store keeps the rollback of a type's canary. */
    static LimitKey key(String type) {
        return new LimitKey(LimitKind.CANARY, type, LimitKey.ALL_UNITS);
    }

    /** Applies these rules from now on; null for none. */
    void follow(@Nullable CanaryRules next, long now) {
        if (next == null || !next.equals(rules)) {
            tried.forget();
            others.forget();
            since = now;
        }
        rules = next;
        versions = next == null ? null : new VersionRange(next.versions());
        if (rolledBackAt != 0 && next != null && rolledBackFor != number(next)) {
            rolledBackAt = 0;
            changed.accept(LimitUse.nothing(key));
        }
    }

    /** Returns a fingerprint of the rules for the store. Different rules nearly always have different fingerprints. */
    private static double number(CanaryRules rules) {
        return rules.toString().hashCode();
    }

    void restore(LimitUse use) {
        rolledBackAt = EpochNanos.of(use.fullAt());
        rolledBackFor = use.perSecond();
    }

    /** Forgets the rollback, because the store does not contain it. */
    void forgetStep() {
        rolledBackAt = 0;
    }

    /** Stores the state again, because the write failed. */
    void storeAgain() {
        changed.accept(rolledBackAt == 0 ? LimitUse.nothing(key) : step());
    }

    private LimitUse step() {
        return new LimitUse(key, EpochNanos.instant(rolledBackAt), rolledBackFor, 0);
    }

    LimitKey key() {
        return key;
    }

    boolean isConfigured() {
        return rules != null;
    }

    /** Returns whether the canary has no state, so that it need not be kept: its file may be absent for a moment. */
    boolean isIdle() {
        return rules == null && rolledBackAt == 0;
    }

    /** Returns the versions of the canary; null without rules. */
    @Nullable
    VersionRange versions() {
        return versions;
    }

    boolean isRolledBack() {
        return rules != null && rolledBackAt != 0;
    }

    /** Records the end of a run. Returns whether the canary must now be rolled back. */
    boolean ended(String version, boolean hasFailed, long now) {
        CanaryRules current = rules;
        if (current == null || versions == null) {
            return false;
        }
        boolean isTried = versions.includes(Version.parseVersion(version));
        (isTried ? tried : others).count(hasFailed, current.window(), now);
        (isTried ? others : tried).forgetOld(current.window(), now);
        return isTried && rolledBackAt == 0 && isWorse(current);
    }

    /** Rolls the canary back. Requires rules. */
    void stepBack(long now) {
        CanaryRules current = Objects.requireNonNull(rules);
        rolledBackAt = now;
        rolledBackFor = number(current);
        changed.accept(step());
        LOG.warn(
                "Canary rolled back, because too many runs failed: type={} canary={} canaryFailed={} canaryEnded={}"
                        + " othersFailed={} othersEnded={}",
                key.name(),
                current.versions(),
                tried.failed(),
                tried.ended(),
                others.failed(),
                others.ended());
    }

    private boolean isWorse(CanaryRules current) {
        return tried.ended() >= current.minimum()
                && runs(tried).failedPercent() > runs(others).failedPercent() + current.worsePercent();
    }

    private static CanaryStatus.Runs runs(OutcomeWindow window) {
        return new CanaryStatus.Runs(window.ended(), window.failed());
    }

    /** Returns the state of the canary. Requires rules. */
    CanaryStatus status() {
        CanaryRules current = Objects.requireNonNull(rules);
        return new CanaryStatus(
                key.name(),
                new CanaryStatus.CanaryShare(
                        current.versions(), current.percent(), current.by().text()),
                rolledBackAt == 0 ? null : EpochNanos.instant(rolledBackAt),
                EpochNanos.instant(since),
                current.window(),
                runs(tried),
                runs(others));
    }
}
