// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.LimitStatus;
import java.util.List;

/** Views of limits. */
public final class LimitView {

    private static final View<LimitStatus.RateStatus> RATE = View.<LimitStatus.RateStatus>of(
                    "rate", "One unit of a limit.")
            .text("unit", "unit, for example `tokens`", LimitStatus.RateStatus::unit)
            .text("rate", "rate or budget, for example `100000/m`", LimitStatus.RateStatus::rate)
            .number("burst", "amount available at once after a long pause", LimitStatus.RateStatus::burst)
            .number(
                    "remaining",
                    "remaining amount; negative if more was used than available",
                    LimitStatus.RateStatus::remaining)
            .instant(
                    "fullAt?",
                    "time at which the full burst is available again; null if it is now",
                    LimitStatus.RateStatus::fullAt)
            .whole(
                    "warningPercent?",
                    "for a budget, share of a period whose use triggers a warning; null for no warning",
                    LimitStatus.RateStatus::warningPercent)
            .flag(
                    "warningPassed",
                    "whether the warning threshold has been passed in this period",
                    LimitStatus.RateStatus::warningPassed);

    private static final View<LimitStatus> VALUE = limit("value of a limit", "A value that a limit counts separately.")
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "what blocks a job with this value and no estimate",
                    LimitStatus::shutBy);

    /** One limit. */
    public static final View<LimitStatus> LIMIT = limit("limit", "A limit in its current state.")
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "what blocks a job with no estimate and no value",
                    LimitStatus::shutBy)
            .text(
                    "key?",
                    "location of the value by which jobs are counted separately, for example `payload.model`; null if"
                            + " all are counted together",
                    limit -> limit.values().key())
            .text("source?", "`file`, or `stored` if created at run time; null if not configured", LimitStatus::source)
            .whole(
                    "valueCount",
                    "number of known values",
                    limit -> limit.values().count())
            .list(
                    "values",
                    VALUE,
                    "values with the most jobs, at most " + LimitStatus.MOST_VALUES,
                    limit -> limit.values().most());

    /** All limits. */
    public static final View<List<LimitStatus>> LIMITS =
            View.<List<LimitStatus>>of("limits", "All limits.").list("limits", LIMIT, "the limits", limits -> limits);

    /** Confirmation of a change of a limit or a queue. */
    public static final View<Defined> DEFINED = View.<Defined>of(
                    "set limit", "Confirmation that a limit or a queue was created, changed or removed.")
            .word("kind", List.of("limit", "queue"), "`limit` or `queue`", Defined::kind)
            .text("name", "its name", Defined::name)
            .word("state", List.of("set", "removed"), "`set` or `removed`", Defined::state);

    /**
     * A limit or a queue that was created, changed or removed.
     *
     * @param kind {@code limit} or {@code queue}
     */
    public record Defined(String kind, String name, String state) {}

    private LimitView() {}

    private static View<LimitStatus> limit(String name, String what) {
        return View.<LimitStatus>of(name, what)
                .text("name", "name; for a value, with the value, for example `models=gpt-4o`", LimitStatus::name)
                .word(
                        "state",
                        List.of("open", "paused", "shut"),
                        "`open`, `paused` or `shut`",
                        limit -> BlockerView.state(limit.shutBy()))
                .whole(
                        "queued",
                        "number of ready jobs that use the limit",
                        limit -> limit.jobs().queued())
                .whole(
                        "running",
                        "number of running jobs that use the limit",
                        limit -> limit.jobs().running())
                .whole(
                        "slots",
                        "number of slots in use; exceeds the number of jobs if some take several",
                        limit -> limit.jobs().slots())
                .whole("runningMax?", "maximum number of slots in use now; null for no limit", LimitStatus::runningMax)
                .text(
                        "adaptive?",
                        "lowest and highest `runningMax` if it follows the answers of the provider, for example"
                                + " `10..500`; null if it is fixed",
                        LimitStatus::adaptive)
                .list("rates", RATE, "rates and budgets, by unit", LimitStatus::rates);
    }
}
