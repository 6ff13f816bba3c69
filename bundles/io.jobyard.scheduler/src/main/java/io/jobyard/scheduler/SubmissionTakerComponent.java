// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.api.JobyardException;
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

/** Looks into the inbox for what applications submit from SQL, where the store has one: when it is told, and from time to time. */
@Component(immediate = true)
public final class SubmissionTakerComponent implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionTakerComponent.class);
    /** Whether it is told of anything; the end is heard of as soon. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private static final Duration POLL = Duration.ofSeconds(1);
    /** While applications submit: of those at the same time not all are told of. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SubmissionInbox inbox;
    private final SubmissionTaker taker;
    private final SubmissionRefusals refusals;
    private final Thread thread = new Thread(this::run, "jobyard-submission-1");
    private volatile boolean stopped;
    private String told = "";

    @Activate
    public SubmissionTakerComponent(
            @Reference SubmissionInbox inbox,
            @Reference SchedulerComponent scheduler,
            @Reference QueueManager queue,
            @Reference SchedulerSettingsComponent settings) {
        this.inbox = inbox;
        taker = new SubmissionTaker(
                inbox,
                scheduler.engine().submission,
                queue,
                () -> settings.current().maxPayloadBytes());
        refusals = new SubmissionRefusals(inbox, System::nanoTime);
        thread.start();
    }

    @Deactivate
    void stop() {
        stopped = true;
        try {
            thread.join(TIMEOUT.toMillis());
            if (thread.isAlive()) {
                LOG.warn("The store does not answer; the next start takes what waits in the inbox");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Finding> examine() {
        return refusals.examine();
    }

    private void run() {
        long busyUntil = System.nanoTime();
        while (!stopped) {
            if (Thread.interrupted()) { // or the store would answer nothing any more
                LOG.warn("Somebody interrupted the taking of what is submitted from SQL; it goes on");
            }
            if (takeAll()) {
                busyUntil = System.nanoTime() + BUSY.toNanos();
            }
            try {
                awaitNext(System.nanoTime() - busyUntil < 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitNext(boolean isBusy) throws InterruptedException {
        if (isBusy) {
            inbox.await(BUSY_POLL);
            return;
        }
        long looksAt = System.nanoTime() + POLL.toNanos();
        boolean isDue = false;
        while (!isDue && !stopped) {
            isDue = inbox.await(WAIT) || System.nanoTime() - looksAt >= 0;
        }
    }

    /** Whether there was anything. */
    private boolean takeAll() {
        boolean any = false;
        try {
            boolean isMore = true;
            while (!stopped && isMore) {
                isMore = taker.take();
                any |= isMore;
                refusals.look(); // also on hosts that do not take
            }
            told = "";
        } catch (JobyardException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) { // or there would be no next time
            LOG.error("What was submitted from SQL waits until the next try", e);
        }
        return any;
    }

    /** Once, as long as it is the same. */
    private void tell(String why) {
        if (!why.equals(told)) {
            told = why;
            LOG.warn("What is submitted from SQL waits: {}", why);
        }
    }
}
