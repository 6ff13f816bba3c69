// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.LimitStatus;
import java.util.List;

/** Limits. */
public final class LimitView {

    private static final View<LimitStatus.RateStatus> RATE = View.<LimitStatus.RateStatus>of(
                    "rate", "One unit of a limit.")
            .text("unit", "the unit, such as `tokens`", LimitStatus.RateStatus::unit)
            .text("rate", "what may be used in which time, such as `100000/m`", LimitStatus.RateStatus::rate)
            .number(
                    "burst",
                    "how much may be used at once when nothing was used for long",
                    LimitStatus.RateStatus::burst)
            .number(
                    "remaining",
                    "how much is left; below zero, more was used than there was",
                    LimitStatus.RateStatus::remaining)
            .instant("fullAt?", "when all of the burst is there again; null if it is", LimitStatus.RateStatus::fullAt)
            .whole(
                    "warningPercent?",
                    "of a budget, how much of it may be used in a period before that is told; null if it is never told",
                    LimitStatus.RateStatus::warningPercent)
            .flag("warningPassed", "whether so much was used in this period", LimitStatus.RateStatus::warningPassed);

    private static final View<LimitStatus> VALUE = limit(
                    "value of a limit", "One value of a limit that counts values apart.")
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "why a job with this value that says nothing of what it uses would not start now",
                    LimitStatus::shutBy);

    /** One limit. */
    public static final View<LimitStatus> LIMIT = limit("limit", "A limit as it is now.")
            .list(
                    "blockedBy",
                    BlockerView.BLOCKER,
                    "why a job that says nothing of what it uses, and has no value, would not start now",
                    LimitStatus::shutBy)
            .text(
                    "key?",
                    "where jobs have the value by which they are counted apart, such as `payload.model`; null if all are"
                            + " counted together",
                    limit -> limit.values().key())
            .text(
                    "source?",
                    "`file`, or `stored` of one that was made while a host ran; null if nobody has configured it",
                    LimitStatus::source)
            .whole(
                    "valueCount",
                    "how many values are known of",
                    limit -> limit.values().count())
            .list(
                    "values",
                    VALUE,
                    "those with the most jobs, at most " + LimitStatus.MOST_VALUES,
                    limit -> limit.values().most());

    /** All limits. */
    public static final View<List<LimitStatus>> LIMITS =
            View.<List<LimitStatus>>of("limits", "All limits.").list("limits", LIMIT, "each limit", limits -> limits);

    /** What was done to a limit or a queue. */
    public static final View<Defined> DEFINED = View.<Defined>of(
                    "set limit", "A limit or a queue was made, changed or removed.")
            .word("kind", List.of("limit", "queue"), "`limit` or `queue`", Defined::kind)
            .text("name", "its name", Defined::name)
            .word("state", List.of("set", "removed"), "`set` or `removed`", Defined::state);

    /**
     * A limit or a queue was made, changed or removed.
     *
     * @param kind {@code limit} or {@code queue}
     * @param state what was done
     */
    public record Defined(String kind, String name, String state) {}

    private LimitView() {}

    private static View<LimitStatus> limit(String name, String what) {
        return View.<LimitStatus>of(name, what)
                .text("name", "its name; of a value also that, as `models=gpt-4o`", LimitStatus::name)
                .word(
                        "state",
                        List.of("open", "paused", "shut"),
                        "`open`, `paused` or `shut`",
                        limit -> BlockerView.state(limit.shutBy()))
                .whole(
                        "queued",
                        "how many ready jobs draw on it",
                        limit -> limit.jobs().queued())
                .whole(
                        "running",
                        "how many running jobs do",
                        limit -> limit.jobs().running())
                .whole(
                        "slots",
                        "how many slots these take; more than there are jobs if some take several",
                        limit -> limit.jobs().slots())
                .whole("runningMax?", "how many may run at once; null for any number", LimitStatus::runningMax)
                .list("rates", RATE, "what may be used in which time, by unit", LimitStatus::rates);
    }
}
