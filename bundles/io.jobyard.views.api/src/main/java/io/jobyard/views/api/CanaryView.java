// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.CanaryStatus;
import java.util.List;

/** Canaries. */
public final class CanaryView {

    private static final View<CanaryStatus.Runs> RUNS = View.<CanaryStatus.Runs>of("runs", "How runs ended.")
            .whole("ended", "how many completed or failed", CanaryStatus.Runs::ended)
            .whole("failed", "how many of them failed, also those that were tried again", CanaryStatus.Runs::failed)
            .number("failedPercent", "the share that failed, 0 to 100", CanaryStatus.Runs::failedPercent);

    /** One canary. */
    public static final View<CanaryStatus> CANARY = View.<CanaryStatus>of(
                    "canary", "Versions of a type's handler that are tried with a share of its jobs.")
            .text("type", "the job type", CanaryStatus::type)
            .text("versions", "the range of versions", one -> one.share().versions())
            .number(
                    "percent",
                    "which share of the jobs goes there",
                    one -> one.share().percent())
            .text(
                    "by",
                    "what goes there or not as a whole: `submitter`, `key` or `job`",
                    one -> one.share().by())
            .instant(
                    "rolledBackAt?",
                    "since when no job goes there any more because too many failed; null while jobs go there",
                    CanaryStatus::rolledBackAt)
            .instant("since", "since when runs count", CanaryStatus::since)
            .seconds("windowSeconds", "for how long a run counts", CanaryStatus::window)
            .one("canary", RUNS, "its runs", CanaryStatus::canary)
            .one("others", RUNS, "those of all other versions", CanaryStatus::others);

    /** All canaries. */
    public static final View<List<CanaryStatus>> CANARIES = View.<List<CanaryStatus>>of("canaries", "All canaries.")
            .list("canaries", CANARY, "each canary", canaries -> canaries);

    private CanaryView() {}
}
