// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.JobWithdrawal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels waiting and queued deliveries of a disabled webhook. If the host stops, the rest is forgotten: the next
 * delivery receives the same answer, which cancels the others. Confined to one thread.
 */
final class WaitingDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingDeliveries.class);
    private static final int PAGE = 100;

    private record HeardAnswer(WebhookSettings settings, JobEvent event, Instant heard) {}

    private final JobReads reads;
    private final JobWithdrawal withdrawal;
    private final Clock clock;
    /** The 410 answers whose webhooks have deliveries to cancel, by webhook. */
    private final Map<String, HeardAnswer> answers = new HashMap<>();

    WaitingDeliveries(JobReads reads, JobWithdrawal withdrawal, Clock clock) {
        this.reads = reads;
        this.withdrawal = withdrawal;
        this.clock = clock;
    }

    /** Schedules the cancellation of all existing deliveries after their receiver answered that it is gone. */
    void end(String webhook, WebhookSettings settings, JobEvent answer) {
        answers.put(webhook, new HeardAnswer(settings, answer, clock.instant()));
    }

    /**
     * Cancels the deliveries that searches find. Returns false if there may be more, because the search index does not
     * yet contain all jobs stored before the answer.
     */
    boolean turn() {
        answers.entrySet().removeIf(each -> cancel(each.getKey(), each.getValue()));
        return answers.isEmpty();
    }

    private boolean cancel(String webhook, HeardAnswer answer) {
        String why = "not sent: webhook " + webhook + " is disabled because delivery "
                + answer.event().job() + " failed: " + answer.event().change().why();
        JobFilter filter = JobFilter.ALL
                .withSubmitter(WebhookEngine.SENDER.name())
                .withStatus(JobStatus.WAITING, JobStatus.QUEUED)
                .withLabel(Deliveries.WEBHOOK, webhook)
                .withLabel(WebhookLimits.TARGET, answer.settings().target());
        boolean knowsAll = true;
        int cancelled = 0;
        for (JobQuery query = JobQuery.of(filter, PAGE); query != null; ) {
            JobPage page = reads.find(query, Set.of());
            knowsAll &= isAfter(page.asOf(), answer.heard());
            for (Job delivery : page.jobs()) {
                cancelled += withdrawal.withdraw(delivery.id(), WebhookEngine.SENDER, why) ? 1 : 0;
            }
            query = page.next() == null ? null : query.withAfter(page.next());
        }
        if (cancelled > 0) {
            LOG.warn("Webhook {}: cancelled the waiting deliveries: count={}", webhook, cancelled);
        }
        return knowsAll;
    }

    private static boolean isAfter(@Nullable Instant asOf, Instant heard) {
        return asOf == null || asOf.isAfter(heard);
    }
}
