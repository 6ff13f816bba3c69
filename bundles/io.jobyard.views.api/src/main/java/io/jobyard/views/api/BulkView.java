// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is done to many jobs. */
public final class BulkView {

    private static final View<JobFilter> FILTER = View.<JobFilter>of(
                    "filter", "Which jobs are meant; what is null or empty does not narrow.")
            .texts(
                    "status",
                    "the status, one of these",
                    filter -> texts(filter.state().statuses(), JobStatus::text))
            .texts(
                    "reason",
                    "the reason beside the status, one of these",
                    filter -> texts(filter.state().reasons(), Reason::text))
            .texts("type", "the type, one of these", filter -> List.copyOf(filter.types()))
            .texts("queue", "the queue they stand in, one of these", filter -> List.copyOf(filter.queues()))
            .texts("submitter", "who asked for them, one of these", filter -> List.copyOf(filter.submitters()))
            .textsByName("labels", "labels that they have", JobFilter::labels)
            .instant("since?", "created then or later", one -> one.created().since())
            .instant("until?", "created before", one -> one.created().until())
            .text("error?", "what their error contains", one -> one.state().error())
            .text("schedule?", "the schedule that made them", JobFilter::schedule)
            .text("group?", "the group that they are of", JobFilter::group);

    /** How far it is. */
    public static final View<BulkStatus> BULK = View.<BulkStatus>of(
                    "bulk", "How far something is that is done to many jobs.")
            .whole("number", "its number", BulkStatus::number)
            .word(
                    "action",
                    StateWords.of(BulkAction.values(), BulkAction::text),
                    "what is done",
                    bulk -> bulk.request().action().text())
            .one("filter", FILTER, "to which jobs", bulk -> bulk.request().filter())
            .text("by", "who asked", BulkStatus::by)
            .instant("askedAt", "when", BulkStatus::askedAt)
            .whole("done", "to how many jobs it was done", one -> one.progress().done())
            .whole("refused", "how many refused it", one -> one.progress().refused())
            .text(
                    "refusal?",
                    "what the latest of these said",
                    one -> one.progress().refusal())
            .instant(
                    "reached?",
                    "the time of creation down to which jobs were looked at",
                    one -> one.progress().reached())
            .instant("endedAt?", "when it was over; null while it is at work", BulkStatus::endedAt)
            .text("stoppedBy?", "who stopped it", BulkStatus::stoppedBy);

    /** Some. */
    public static final View<List<BulkStatus>> BULKS = View.<List<BulkStatus>>of(
                    "bulks", "What was asked for many jobs lately.")
            .list("bulks", BULK, "each, the latest first", bulks -> bulks);

    /** What it would be done to. */
    public static final View<Reported<BulkPreview>> PREVIEW = View.<Reported<BulkPreview>>of(
                    "bulk preview", "What something would be done to. Nothing was changed.")
            .whole("jobs", "how many jobs", preview -> preview.what().jobs())
            .flag(
                    "all",
                    "whether all jobs were looked at; else there may be more",
                    preview -> preview.what().isAll())
            .list(
                    "first",
                    JobView.LISTED_JOB,
                    "the youngest of them that the caller may see, ten at most",
                    preview -> preview.what().first().stream()
                            .<Reported<Job>>map(preview::with)
                            .toList());

    private BulkView() {}

    private static <T> List<String> texts(Set<T> values, Function<T, String> text) {
        return values.stream().map(text).toList();
    }
}
