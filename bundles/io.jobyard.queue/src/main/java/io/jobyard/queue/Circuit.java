// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.handlers.CircuitRules;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuit breaker of a type. If too many attempts fail, no job of the type starts for a while. Then a few jobs are tried, with a slot for
 * each. When these complete, all jobs start again. The open state is stored; the numbers of failures are not. Guarded by the lock of {@link
 * Lanes}.
 */
final class Circuit extends Allowance {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    private @Nullable CircuitRules rules;
    private final OutcomeWindow window = new OutcomeWindow();
    private int completedInARow;

    Circuit(String type, Allowances allowances) {
        super(LimitKind.CIRCUIT, type, allowances, moved -> {});
    }

    /** Applies these rules from now on; null disables the circuit. */
    void follow(@Nullable CircuitRules next, long now) {
        if (next != null && !next.equals(rules)) {
            forgetOutcomes();
        }
        rules = next;
        bound(now);
    }

    private void forgetOutcomes() {
        completedInARow = 0;
        window.forget();
    }

    @Override
    String whyShut() {
        return "too many attempts failed";
    }

    @Override
    String whyFull(Demand asked) {
        return running() + " run, and " + most() + " jobs at once are tried";
    }

    @Override
    boolean letsCall(ToDoubleFunction<Bucket> missing, Demand call, long now) {
        return true;
    }

    /** Returns whether the circuit has no state, so that it need not be kept. */
    @Override
    boolean isIdle() {
        return rules == null && super.isIdle();
    }

    boolean isConfigured() {
        return rules != null;
    }

    /** Returns whether the circuit holds jobs: all of them, or all except the trials. */
    boolean holds() {
        return rules != null && shutUntil() > 0;
    }

    @Override
    void restore(LimitUse use, long now) {
        super.restore(use, now);
        bound(now);
    }

    private void bound(long now) {
        CircuitRules current = rules;
        follow(
                current != null && holds()
                        ? new LimitSettings(current.probes(), Map.of(), null)
                        : LimitSettings.UNBOUNDED,
                now);
    }

    /**
     * Records the end of an attempt.
     *
     * @param takenAt time at which the job was claimed
     */
    void ended(boolean hasFailed, long takenAt, long now) {
        CircuitRules current = rules;
        if (current == null) {
            return;
        }
        if (!holds()) {
            count(hasFailed, current, now);
        } else if (takenAt >= shutUntil()) {
            tried(hasFailed, current, now);
        }
    }

    private void count(boolean hasFailed, CircuitRules current, long now) {
        window.count(hasFailed, current.window(), now);
        long bad = window.failed();
        long all = window.ended();
        if (all >= current.minimum() && 100 * bad >= all * current.failuresPercent()) {
            LOG.warn(
                    "Type blocked after failures: type={} failed={} ended={} pauseSeconds={}",
                    name,
                    bad,
                    all,
                    current.pause().toSeconds());
            shut(current, now);
        }
    }

    private void tried(boolean hasFailed, CircuitRules current, long now) {
        completedInARow = hasFailed ? 0 : completedInARow + 1;
        if (hasFailed) {
            LOG.info(
                    "Type blocked again after a failed trial: type={} pauseSeconds={}",
                    name,
                    current.pause().toSeconds());
            shut(current, now);
        } else if (completedInARow >= current.probes()) {
            LOG.info("Type unblocked after completed attempts: type={}", name);
            open();
            bound(now);
        }
    }

    private void shut(CircuitRules current, long now) {
        forgetOutcomes();
        shut(now + current.pause().toNanos());
        bound(now);
    }
}
