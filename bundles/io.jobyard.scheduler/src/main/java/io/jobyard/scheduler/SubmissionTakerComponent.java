// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.store.SubmissionInbox;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads submissions from the SQL inbox, if the store has one: after a notification, and periodically. */
@Component(immediate = true)
public final class SubmissionTakerComponent implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionTakerComponent.class);
    /** Maximum time to wait for a notification, and therefore for the end of the thread. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private static final Duration POLL = Duration.ofSeconds(1);
    /** Interval while applications submit, because simultaneous submissions do not all cause a notification. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SubmissionInbox inbox;
    private final SubmissionTaker taker;
    private final SubmissionRefusals refusals;
    private final LoopThread loop =
            new LoopThread("jobyard-submission-1", "Jobs submitted from SQL have to wait", this::round);
    private long busyUntil = System.nanoTime(); // used only by the thread

    @Activate
    public SubmissionTakerComponent(
            @Reference SubmissionInbox inbox,
            @Reference SchedulerComponent scheduler,
            @Reference QueueManager queue,
            @Reference SchedulerSettingsComponent settings) {
        this.inbox = inbox;
        taker = new SubmissionTaker(inbox, scheduler.engine().submission, queue.admission(), settings::maxPayloadBytes);
        refusals = new SubmissionRefusals(inbox, System::nanoTime);
        loop.start();
    }

    @Deactivate
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("The store does not answer; jobs in the inbox wait until the next start");
        }
    }

    @Override
    public List<Finding> examine() {
        return refusals.examine();
    }

    private Duration round() throws InterruptedException {
        if (takeAll()) {
            busyUntil = System.nanoTime() + BUSY.toNanos();
        }
        if (System.nanoTime() - busyUntil < 0) {
            inbox.await(BUSY_POLL);
            return Duration.ZERO;
        }
        long looksAt = System.nanoTime() + POLL.toNanos();
        boolean isDue = false;
        while (!isDue && !loop.isStopped()) {
            isDue = inbox.await(WAIT) || System.nanoTime() - looksAt >= 0;
        }
        return Duration.ZERO;
    }

    /** Returns whether there was a submission. */
    private boolean takeAll() {
        boolean any = false;
        boolean isMore = true;
        while (!loop.isStopped() && isMore) {
            isMore = taker.take();
            any |= isMore;
            refusals.look(); // even on hosts that take none
        }
        return any;
    }
}
