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
            .text("type", "names the handler it needs", job(Job::type))
            .word(
                    "status",
                    StateWords.STATUSES,
                    "`waiting` or `queued`; of a duplicate that of the earlier job",
                    job(StateWords::status))
            .whole("priority", "the level, 1 first", terms(JobView.routing(RoutingTerms::priority)))
            .text("queue?", "the queue it would stand in", Preview::queue)
            .text("submitter", "whose it would be", job(Job::submitter))
            .whole(
                    "maxRetries",
                    "how many more attempts follow a first that fails",
                    terms(JobView.runs(RunRules::maxRetries)))
            .seconds("timeoutSeconds", "how long one run may take", terms(JobView.runs(RunRules::timeout)))
            .instant("notBefore?", "it does not start earlier", terms(JobView.times(JobTimes::notBefore)))
            .instant(
                    "expires?",
                    "it fails if it waits or is queued at that time",
                    terms(JobView.times(JobTimes::expires)))
            .instant(
                    "deadline?",
                    "it fails unless it has ended by then; a run is cut",
                    terms(JobView.times(JobTimes::deadline)))
            .text(
                    "key?",
                    "while it is not final, its submitter has no second with it",
                    terms(JobView.identity(Identity::key)))
            .instant(
                    "keyUntil?",
                    "until then the key stays taken, also after its end",
                    terms(JobView.identity(Identity::keyUntil)))
            .textsByName("labels", "the submitter's own marks", terms(JobView.identity(Identity::labels)))
            .text(
                    "handlerVersion?",
                    "the range its handler's version must be in",
                    terms(JobView.routing(RoutingTerms::handlerVersion)))
            .texts(
                    "limits",
                    "the limits it draws on beside those of its handler",
                    terms(JobView.demand(JobDemand::limits)))
            .numbersByName(
                    "estimate",
                    "how much of each unit a run is expected to use",
                    terms(JobView.demand(JobDemand::estimate)));

    /** A submit that was not made. */
    public static final View<Preview> PREVIEW = View.<Preview>of("preview", "What a submit would come to now.")
            .flag("valid", "whether it would be taken", Preview::isValid)
            .texts("errors", "why it would be refused", Preview::problems)
            .one(
                    "job?",
                    PREVIEWED_JOB,
                    "the job as it would be; null if it would be refused",
                    preview -> preview.job() == null ? null : preview)
            .text("duplicateOf?", "the job that has its key, and would be the answer", Preview::duplicateOf)
            .flag("replaces", "whether that job would become this one", Preview::replaces)
            .list("blockedBy", BlockerView.BLOCKER, "what would keep it from starting", Preview::blockedBy)
            .instant(
                    "startsAt?",
                    "when all of that is over; null if nothing would hold it, or the end of something is not known",
                    Preview::startsAt)
            .instant("earliestStart?", BlockerView.EARLIEST, Preview::earliestStart);

    private PreviewView() {}

    private static <V> Function<Preview, @Nullable V> job(Function<Job, @Nullable V> field) {
        return preview -> preview.job() == null ? null : field.apply(preview.job());
    }

    private static <V> Function<Preview, @Nullable V> terms(Function<JobTerms, @Nullable V> field) {
        return job(job -> field.apply(job.terms()));
    }
}
