// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.RunUse;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Views of the usage of runs. */
public final class UsageView {

    /** Sums, with their query. */
    public record AnsweredUsage(UsageQuery query, List<Usage> sums) {

        public AnsweredUsage {
            sums = List.copyOf(sums);
        }
    }

    private static final View<Usage> SUM = View.<Usage>of("sum of usage", "Usage of one unit by the runs of one group.")
            .text("since?", "first day of the period; null without `--per`", Usage::since)
            .object(
                    "group",
                    "keys of the group, for example `user`, with their values; null for runs without a value",
                    Usage::group)
            .text("unit", "unit, for example `tokens`", Usage::unit)
            .number("amount", "amount used", Usage::amount)
            .number(
                    "estimate",
                    "sum of the estimates of these runs; a run without an estimate counts as 0",
                    Usage::estimate)
            .whole("runs", "number of runs that reported the unit", Usage::runs);

    /** The requested sums. */
    public static final View<AnsweredUsage> USAGE = View.<AnsweredUsage>of(
                    "usage", "Usage of runs, by period, group and unit.")
            .instant(
                    "since",
                    "start of the range of run starts, inclusive",
                    asked -> asked.query().since())
            .instant(
                    "until",
                    "end of the range, exclusive",
                    asked -> asked.query().until())
            .text(
                    "zone",
                    "time zone in which days, weeks and months begin",
                    asked -> asked.query().zone())
            .list("usage", SUM, "the sums", AnsweredUsage::sums);

    /** The usage of one unit by one run. */
    public static final View<RunUse> RUN_USE = View.<RunUse>of("use of a run", "Usage of one unit by one run.")
            .text(
                    "job",
                    "job ID; the job may have been removed",
                    one -> one.run().job())
            .whole("run", "run number", one -> one.run().number())
            .instant(
                    "startedAt",
                    "time of the handler's first call in the run",
                    one -> one.run().startedAt())
            .text("submitter", "owner of the job", one -> one.run().submitter())
            .text("type", "job type", one -> one.run().type())
            .text(
                    "model?",
                    "the text under `model` of the payload",
                    one -> one.run().model())
            .textsByName("labels", "labels of the job", one -> one.run().labels())
            .text("unit", "unit", RunUse::unit)
            .number("amount", "amount used so far", RunUse::amount)
            .number("estimate?", "estimate of the job; null if it has none", RunUse::estimate);

    private UsageView() {}

    /** Returns the sum of each unit over the runs. */
    public static Map<String, BigDecimal> total(List<RunUse> uses) {
        Map<String, BigDecimal> total = new TreeMap<>();
        uses.forEach(use -> total.merge(use.unit(), BigDecimal.valueOf(use.amount()), BigDecimal::add));
        return total;
    }
}
