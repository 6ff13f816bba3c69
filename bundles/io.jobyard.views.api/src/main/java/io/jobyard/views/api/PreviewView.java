// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobTerms;
import io.jobyard.api.JobTerms.Identity;
import io.jobyard.api.JobTerms.JobDemand;
import io.jobyard.api.JobTerms.JobTimes;
import io.jobyard.api.JobTerms.RoutingTerms;
import io.jobyard.api.JobTerms.RunRules;
import io.jobyard.api.Preview;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a submit would come to. */
public final class PreviewView {

    private static final View<Preview> PREVIEWED_JOB = View.<Preview>of("previewed job", "A job as it would be.")
            .field("type", "names the handler it needs", job(Job::type))
            .field("status", "`waiting` or `queued`; of a duplicate that of the earlier job", job(JobView::status))
            .field("priority", "the level, 1 first", terms(JobView.routing(RoutingTerms::priority)))
            .field("queue", "the queue it would stand in", Preview::queue)
            .field("submitter", "whose it would be", job(Job::submitter))
            .field(
                    "maxRetries",
                    "how many more attempts follow a first that fails",
                    terms(JobView.runs(RunRules::maxRetries)))
            .field("timeoutSeconds", "how long one run may take", terms(JobView.runs(RunRules::timeout)))
            .field("notBefore", "it does not start earlier", terms(JobView.times(JobTimes::notBefore)))
            .field("expires", "it fails if it waits or is queued at that time", terms(JobView.times(JobTimes::expires)))
            .field(
                    "deadline",
                    "it fails unless it has ended by then; a run is cut",
                    terms(JobView.times(JobTimes::deadline)))
            .field(
                    "key",
                    "while it is not final, its submitter has no second with it",
                    terms(JobView.identity(Identity::key)))
            .field(
                    "keyUntil",
                    "until then the key stays taken, also after its end",
                    terms(JobView.identity(Identity::keyUntil)))
            .field("labels", "the submitter's own marks", terms(JobView.identity(Identity::labels)))
            .field(
                    "handlerVersion",
                    "the range its handler's version must be in",
                    terms(JobView.routing(RoutingTerms::handlerVersion)))
            .field(
                    "limits",
                    "the limits it draws on beside those of its handler",
                    terms(JobView.demand(JobDemand::limits)))
            .field(
                    "estimate",
                    "how much of each unit a run is expected to use",
                    terms(JobView.demand(JobDemand::estimate)));

    /** A submit that was not made. */
    public static final View<Preview> PREVIEW = View.<Preview>of("preview", "What a submit would come to now.")
            .field("valid", "whether it would be taken", Preview::isValid)
            .field("errors", "why it would be refused", Preview::problems)
            .one(
                    "job",
                    PREVIEWED_JOB,
                    "the job as it would be; null if it would be refused",
                    preview -> preview.job() == null ? null : preview)
            .field("duplicateOf", "the job that has its key, and would be the answer", Preview::duplicateOf)
            .field("replaces", "whether that job would become this one", Preview::replaces)
            .list("blockedBy", BlockerView.BLOCKER, "what would keep it from starting", Preview::blockedBy)
            .field(
                    "startsAt",
                    "when all of that is over; null if nothing would hold it, or the end of something is not known",
                    Preview::startsAt)
            .field("earliestStart", BlockerView.EARLIEST, Preview::earliestStart);

    private PreviewView() {}

    private static Function<Preview, @Nullable Object> job(Function<Job, @Nullable Object> field) {
        return preview -> preview.job() == null ? null : field.apply(preview.job());
    }

    private static Function<Preview, @Nullable Object> terms(Function<JobTerms, @Nullable Object> field) {
        return job(job -> field.apply(job.terms()));
    }
}
