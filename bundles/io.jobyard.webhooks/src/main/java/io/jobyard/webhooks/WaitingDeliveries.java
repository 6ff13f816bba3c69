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
 * Cancels the deliveries of a disabled webhook that wait or are queued. Forgets what is left when its host ends: the next delivery that is
 * sent gets the same answer, and that cancels the others. Used by one thread.
 */
final class WaitingDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingDeliveries.class);
    private static final int PAGE = 100;

    private record HeardAnswer(WebhookSettings settings, JobEvent event, Instant heard) {}

    private final JobReads reads;
    private final JobWithdrawal withdrawal;
    private final Clock clock;
    /** By webhook: the answer 410 for which its deliveries are cancelled. */
    private final Map<String, HeardAnswer> answers = new HashMap<>();

    WaitingDeliveries(JobReads reads, JobWithdrawal withdrawal, Clock clock) {
        this.reads = reads;
        this.withdrawal = withdrawal;
        this.clock = clock;
    }

    /** A receiver has answered that it is gone: all deliveries that are there now are to end. */
    void end(String webhook, WebhookSettings settings, JobEvent answer) {
        answers.put(webhook, new HeardAnswer(settings, answer, clock.instant()));
    }

    /** Cancels those that searches find. False if there may be more: searches do not know yet all that was stored before the answer. */
    boolean turn() {
        answers.entrySet().removeIf(each -> cancel(each.getKey(), each.getValue()));
        return answers.isEmpty();
    }

    private boolean cancel(String webhook, HeardAnswer answer) {
        String why = "not sent: webhook " + webhook + " is disabled, as delivery "
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
            LOG.warn("Webhook {}: waiting deliveries cancelled: {}", webhook, cancelled);
        }
        return knowsAll;
    }

    private static boolean isAfter(@Nullable Instant asOf, Instant heard) {
        return asOf == null || asOf.isAfter(heard);
    }
}
