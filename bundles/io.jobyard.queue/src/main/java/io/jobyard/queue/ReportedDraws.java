// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.queue.RunDraws.CallStart;
import io.jobyard.queue.RunDraws.RefusalEffect;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.store.Futures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws of runs. The leader stores them; other hosts report theirs to the leader. */
final class ReportedDraws implements RunLimits {

    private static final Logger LOG = LoggerFactory.getLogger(ReportedDraws.class);

    private final Lanes lanes;
    private final RunDraws draws;
    private final LimitStore limits;
    private final LimitUseWriter limitUses;

    ReportedDraws(Lanes lanes, LimitStore limits, LimitUseWriter limitUses) {
        this.lanes = lanes;
        draws = lanes.draws;
        this.limits = limits;
        this.limitUses = limitUses;
    }

    @Override
    public void begun(JobId id) {
        if (draws.begun(id)) {
            told(new UseReport.RunBegun(id));
        }
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        if (draws.used(id, unit, amount)) {
            told(new UseReport.UnitUsed(id, unit, amount));
        }
    }

    @Override
    public boolean beginCall(JobId id, long number, Map<String, Double> estimate) {
        CallStart start = draws.beginCall(id, number, Demand.of(estimate));
        if (start != CallStart.DRAWN) {
            return start == CallStart.FREE;
        }
        boolean isStored = false;
        try {
            isStored = lanes.leadership.isLeader()
                    ? Futures.join(limitUses.store())
                    : isReported(new UseReport.CallBegun(id, number, estimate));
            return isStored;
        } finally {
            if (isStored) {
                draws.makeCall(id, number);
                limitUses.storeInTime();
            } else {
                draws.endCall(id, number, false);
            }
        }
    }

    private boolean isReported(UseReport report) {
        Futures.join(limits.report(report));
        return true;
    }

    @Override
    public void endCall(JobId id, long number) {
        if (draws.endCall(id, number, true)) {
            told(new UseReport.CallEnded(id, number));
        }
    }

    @Override
    public int callsAtOnce(JobId id, List<Map<String, Double>> calls) {
        return draws.together(id, calls.stream().map(Demand::of).toList());
    }

    @Override
    public void remaining(JobId id, String unit, double left, Instant until) {
        if (draws.remaining(id, unit, left, until)) {
            told(new UseReport.UnitLeft(id, unit, left, until));
        }
    }

    @Override
    public boolean isBudgetLow(JobId id, String unit) {
        if (lanes.leadership.isHeld()) {
            return draws.isBudgetLow(id, unit);
        }
        Map<LimitKey, WarningBudget> budgets =
                draws.warningBudgets(id, unit).stream().collect(Collectors.toMap(WarningBudget::key, budget -> budget));
        long now = lanes.now();
        return !budgets.isEmpty()
                && limits.uses(budgets.keySet()).stream()
                        .anyMatch(use ->
                                Objects.requireNonNull(budgets.get(use.key())).isPassed(use, now));
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        RefusalEffect refusal = draws.rateLimited(id, until);
        if (refusal == RefusalEffect.APPLIED) { // one report and one write for many refusals of one moment
            limitUses.store();
            told(new UseReport.LimitMet(id, until));
        }
        return refusal != RefusalEffect.UNLIMITED;
    }

    @Override
    public void overloaded(JobId id) {
        rateLimited(id, Instant.EPOCH);
    }

    private void told(UseReport report) {
        limitUses.storeInTime();
        report(report);
    }

    private void report(UseReport report) {
        if (!lanes.leadership.isLeader()) {
            limits.report(report).exceptionally(fault -> {
                LOG.warn("Could not report the usage of job {} to the leader: {}", report.job(), fault.getMessage());
                return null;
            });
        }
    }

    /** Handles a report of another host about one of its runs. */
    void reported(UseReport report) {
        if (report instanceof UseReport.CallBegun call) {
            draws.madeCall(call.job(), call.number(), Demand.of(call.estimate()));
        } else if (report instanceof UseReport.CallEnded call) {
            draws.endCall(call.job(), call.number(), true);
        } else if (report instanceof UseReport.UnitLeft left) {
            draws.remaining(left.job(), left.unit(), left.left(), left.until());
        } else if (report instanceof UseReport.UnitUsed use) {
            draws.used(use.job(), use.unit(), use.amount());
        } else if (report instanceof UseReport.LimitMet met) {
            draws.rateLimited(met.job(), met.until());
        } else {
            draws.begun(report.job());
        }
        limitUses.storeInTime();
    }
}
