// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.Remedy;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.text.ShownTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Findings about lanes and limits. */
final class QueueFindings {

    /** Number of budgets over their warning threshold that are listed individually. */
    private static final int MOST_PASSED = 10;

    private final Lanes lanes;

    QueueFindings(Lanes lanes) {
        this.lanes = lanes;
    }

    /**
     * Returns findings about blocked ready jobs (limits without a configuration, budgets that are too small, failing types), about budgets
     * over their warning threshold, and about rolled-back canaries.
     */
    List<Finding> findings() {
        return lanes.ask(() -> Stream.of(unconfigured(), tooSmall(), failing(), warningPassed(), rolledBack())
                .flatMap(findings -> findings)
                .toList());
    }

    private Stream<Finding> failing() {
        return lanes.allowances.circuits().stream()
                .filter(Circuit::holds)
                .map(circuit -> new Finding(
                                "type " + circuit.name,
                                "too many attempts failed: " + holds(circuit.shutUntil()),
                                "check its jobs and their errors; the type starts again automatically when attempts complete")
                        .with(Remedy.RemedyKind.JOBS_OF_TYPE.of(circuit.name), Remedy.RemedyKind.JOB_HISTORY.any()));
    }

    private String holds(long shutUntil) {
        return shutUntil > lanes.rules.now()
                ? "no job of the type starts before " + ShownTime.of(EpochNanos.instant(shutUntil))
                        + ", then a few jobs are tried"
                : "a few jobs are tried; all jobs start again when these complete";
    }

    private Stream<Finding> rolledBack() {
        return lanes.canaries
                .statuses()
                .filter(canary -> canary.rolledBackAt() != null)
                .map(canary -> new Finding(
                                "type " + canary.type(),
                                "its canary " + canary.share().versions() + " rolled back at "
                                        + ShownTime.of(canary.rolledBackAt())
                                        + "because too many of its runs failed: all jobs go to other versions",
                                "check the errors; to try the canary again, change one of its keys in etc/io.jobyard.types-"
                                        + canary.type() + ".cfg, or remove the keys")
                        .with(Remedy.RemedyKind.JOBS_OF_TYPE.of(canary.type()), Remedy.RemedyKind.JOB_HISTORY.any()));
    }

    private Stream<Finding> unconfigured() {
        Map<Allowance, Long> queued = lanes.groups.queuedByLimit();
        return lanes.allowances.limits().stream()
                .filter(limit -> !lanes.allowances.catalog().limits().containsKey(limit.name)
                        && queued.getOrDefault(limit, 0L) > 0)
                .map(limit -> new Finding(
                        "limit " + limit.name,
                        "not configured; ready jobs that use it wait: " + queued.get(limit),
                        "create etc/" + LimitSettings.FACTORY + "-" + limit.name + ".cfg, or cancel the jobs"));
    }

    private Stream<Finding> tooSmall() {
        return lanes.order.groups().flatMap(QueueFindings::tooSmall).distinct();
    }

    /**
     * Returns findings about demands that can never be satisfied. Without estimates, all jobs of a group need the same amounts, so each
     * allowance is examined once.
     */
    private static Stream<Finding> tooSmall(LaneGroup group) {
        if (group.key.estimated()) {
            return group.lanes.stream().flatMap(QueueFindings::tooSmall);
        }
        Set<Allowance> drawnOn = new LinkedHashSet<>(group.oldest() == null ? List.of() : group.limits());
        for (Lane lane : group.lanes) {
            if (lane.hasNext()) {
                drawnOn.addAll(lane.values());
                drawnOn.addAll(lane.shares());
            }
        }
        return drawnOn.stream().flatMap(allowance -> tooSmall(allowance, Demand.USUAL));
    }

    /** Returns findings about the skipped jobs of a lane, and its first job. */
    private static Stream<Finding> tooSmall(Lane lane) {
        Stream<Demand> passedOver = lane.oversized().stream().map(job -> Demand.of(job.estimate()));
        Stream<Demand> head = lane.hasNext() ? Stream.of(lane.demand()) : Stream.empty();
        return Stream.concat(passedOver, head)
                .flatMap(demand -> drawnOn(lane).flatMap(allowance -> tooSmall(allowance, demand)));
    }

    private static Stream<Allowance> drawnOn(Lane lane) {
        return Stream.of(lane.group.limits(), lane.values(), lane.shares()).flatMap(List::stream);
    }

    private static Stream<Finding> tooSmall(Allowance share, Demand demand) {
        return Stream.concat(tooFewSlots(share, share.slots(demand)), tooSmallBudget(share, share.drawnBy(demand)));
    }

    private static Stream<Finding> tooFewSlots(Allowance limit, int slots) {
        return limit.canHave(slots)
                ? Stream.empty()
                : Stream.of(new Finding(
                                "limit " + limit.nameAlone(),
                                "a ready job takes " + slots + " slots, but "
                                        + limit.settings().runningMaxKey() + " is "
                                        + limit.settings().runningMax() + ": it can never start",
                                "raise " + limit.settings().runningMaxKey() + ", or cancel the job")
                        .with(Remedy.RemedyKind.EXPLAIN_JOB.any()));
    }

    private static Stream<Finding> tooSmallBudget(Allowance share, Demand demand) {
        return share.buckets.all().stream()
                .filter(bucket -> !bucket.canGive(demand.of(bucket.unit)))
                .map(bucket -> new Finding(
                                budgetOf(share.kind.text(), share.nameAlone()),
                                "a ready job needs " + bucket.unit + " = " + Rate.text(demand.of(bucket.unit))
                                        + ", and the whole budget is " + bucket.rate() + ": it can never start",
                                "raise the budget in the configuration of the " + share.kind.text()
                                        + ", or cancel the job, which the gate " + share.kind.text() + " holds")
                        .with(Remedy.RemedyKind.EXPLAIN_JOB.any()));
    }

    private Stream<Finding> warningPassed() {
        List<LimitEvent> passed = lanes.allowances
                .budgeted()
                .flatMap(allowance -> allowance.buckets.warningPassed(lanes.rules.now()))
                .sorted(Comparator.comparing(LimitEvent::kind).thenComparing(LimitEvent::name))
                .toList();
        Stream<Finding> some = passed.stream().limit(MOST_PASSED).map(QueueFindings::warningPassed);
        int more = passed.size() - MOST_PASSED;
        return more <= 0
                ? some
                : Stream.concat(
                        some,
                        Stream.of(Finding.note(
                                        "budgets",
                                        "the warning threshold of " + more + " more budgets was passed",
                                        "check the limits and their usage")
                                .with(Remedy.RemedyKind.LIMITS.any(), Remedy.RemedyKind.USAGE.any())));
    }

    private static Finding warningPassed(LimitEvent passed) {
        boolean isLimit = passed.kind().equals(LimitKind.LIMIT.text());
        String name = isLimit ? NamedLimit.parse(passed.name()).name() : passed.name();
        return Finding.note(
                        budgetOf(passed.kind(), name),
                        "warning threshold passed: " + passed.unit() + " " + Rate.text(passed.used()) + " of "
                                + passed.budget() + " used since " + ShownTime.of(passed.since()),
                        "check its usage; no job is blocked, and the next period begins "
                                + ShownTime.of(passed.until()))
                .with(Remedy.RemedyKind.USAGE.any());
    }

    private static String budgetOf(String kind, String name) {
        return "budget of " + (kind.equals(LimitKind.LIMIT.text()) ? "limit " : "") + name;
    }
}
