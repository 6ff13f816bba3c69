// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobyardException;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.scheduling.SubmissionInbox;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the inbox for what applications submit from SQL, all the time, where the store has one. */
@Component(
        immediate = true,
        service = {})
public final class SubmissionTakerComponent {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionTakerComponent.class);
    /** To be told instead would cost each commit of an application a lock that all such commits share. */
    private static final Duration POLL = Duration.ofMillis(250);
    /** While applications submit. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "jobyard-submission-1"));
    private final SubmissionTaker taker;
    private volatile boolean stopped;
    private String told = "";
    private long busyUntil = System.nanoTime();

    @Activate
    public SubmissionTakerComponent(
            @Reference SubmissionInbox inbox,
            @Reference SchedulerComponent scheduler,
            @Reference QueueManager queue,
            @Reference SchedulerSettingsComponent settings) {
        taker = new SubmissionTaker(
                inbox,
                scheduler.engine().submission,
                queue,
                () -> settings.current().maxPayloadBytes());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.execute(this::turn);
    }

    @Deactivate
    void stop() {
        stopped = true;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The store does not answer; the next start takes what waits in the inbox");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        try {
            while (!stopped && taker.take()) {
                busyUntil = System.nanoTime() + BUSY.toNanos();
            }
            told = "";
        } catch (JobyardException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) { // or there would be no next time
            LOG.error("What was submitted from SQL waits until the next try", e);
        }
        Duration pause = System.nanoTime() - busyUntil < 0 ? BUSY_POLL : POLL;
        try {
            timer.schedule(this::turn, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The host stops", e);
        }
    }

    /** Once, as long as it is the same. */
    private void tell(String why) {
        if (!why.equals(told)) {
            told = why;
            LOG.warn("What is submitted from SQL waits: {}", why);
        }
    }
}
