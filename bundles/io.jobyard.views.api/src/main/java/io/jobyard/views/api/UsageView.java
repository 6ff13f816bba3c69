// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.RunUse;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What runs have used. */
public final class UsageView {

    /**
     * Sums, and what was asked.
     *
     * @param query what was asked
     * @param sums the answer
     */
    public record AnsweredUsage(UsageQuery query, List<Usage> sums) {

        public AnsweredUsage {
            sums = List.copyOf(sums);
        }
    }

    private static final View<Usage> SUM = View.<Usage>of(
                    "sum of usage", "What the runs of one group have used of one unit.")
            .text("since?", "the first day of the period; null without `--per`", Usage::since)
            .object(
                    "group",
                    "what tells the group from others, such as `user`, with its value, which is null for runs that have none",
                    Usage::group)
            .text("unit", "the unit, such as `tokens`", Usage::unit)
            .number("amount", "how much they have used", Usage::amount)
            .number(
                    "estimate",
                    "how much their jobs said that these runs need; 0 for those that said nothing",
                    Usage::estimate)
            .whole("runs", "how many runs have told of the unit", Usage::runs);

    /** The sums that were asked for. */
    public static final View<AnsweredUsage> USAGE = View.<AnsweredUsage>of(
                    "usage", "Sums of what runs have used, by period, group and unit.")
            .instant(
                    "since",
                    "of runs that began then or later",
                    asked -> asked.query().since())
            .instant(
                    "until", "of runs that began before", asked -> asked.query().until())
            .text(
                    "zone",
                    "where days, weeks and months begin",
                    asked -> asked.query().zone())
            .list("usage", SUM, "each sum", AnsweredUsage::sums);

    /** What one run has used of one unit. */
    public static final View<RunUse> RUN_USE = View.<RunUse>of("use of a run", "What one run has used of one unit.")
            .text(
                    "job",
                    "the job, which may be removed by now",
                    one -> one.run().job())
            .whole("run", "the number of its run", one -> one.run().number())
            .instant(
                    "startedAt",
                    "the handler's first line in that run",
                    one -> one.run().startedAt())
            .text("submitter", "whose job it is", one -> one.run().submitter())
            .text("type", "the job's type", one -> one.run().type())
            .text(
                    "model?",
                    "the text under `model` of its payload",
                    one -> one.run().model())
            .textsByName("labels", "its labels", one -> one.run().labels())
            .text("unit", "the unit", RunUse::unit)
            .number("amount", "how much it has used so far", RunUse::amount)
            .number("estimate?", "how much its job said that a run needs; null if it said nothing", RunUse::estimate);

    private UsageView() {}

    /**
     * What runs have used in all.
     *
     * @param uses what each has used
     * @return the sum of each unit
     */
    public static Map<String, BigDecimal> total(List<RunUse> uses) {
        Map<String, BigDecimal> total = new TreeMap<>();
        uses.forEach(use -> total.merge(use.unit(), BigDecimal.valueOf(use.amount()), BigDecimal::add));
        return total;
    }
}
