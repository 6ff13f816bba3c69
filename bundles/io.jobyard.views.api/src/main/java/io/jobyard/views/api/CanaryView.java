// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.CanaryStatus;
import java.util.List;

/** Views of canaries. */
public final class CanaryView {

    private static final View<CanaryStatus.Runs> RUNS = View.<CanaryStatus.Runs>of("runs", "Outcomes of runs.")
            .whole("ended", "number of completed or failed runs", CanaryStatus.Runs::ended)
            .whole("failed", "number of failed runs, including retried ones", CanaryStatus.Runs::failed)
            .number("failedPercent", "failure rate in percent, 0 to 100", CanaryStatus.Runs::failedPercent);

    /** One canary. */
    public static final View<CanaryStatus> CANARY = View.<CanaryStatus>of(
                    "canary", "Canary versions of a type's handler, which get a share of its jobs.")
            .text("type", "job type", CanaryStatus::type)
            .text("versions", "range of versions", one -> one.share().versions())
            .number(
                    "percent",
                    "share of the jobs, in percent",
                    one -> one.share().percent())
            .text(
                    "by",
                    "unit of routing: `submitter`, `key` or `job`",
                    one -> one.share().by())
            .instant(
                    "rolledBackAt?",
                    "time since which the canary gets no more jobs because too many failed; null while it gets jobs",
                    CanaryStatus::rolledBackAt)
            .instant("since", "time since which runs count", CanaryStatus::since)
            .seconds("windowSeconds", "length of the window in which a run counts", CanaryStatus::window)
            .one("canary", RUNS, "runs of the canary", CanaryStatus::canary)
            .one("others", RUNS, "runs of all other versions", CanaryStatus::others);

    /** All canaries. */
    public static final View<List<CanaryStatus>> CANARIES = View.<List<CanaryStatus>>of("canaries", "All canaries.")
            .list("canaries", CANARY, "the canaries", canaries -> canaries);

    private CanaryView() {}
}
