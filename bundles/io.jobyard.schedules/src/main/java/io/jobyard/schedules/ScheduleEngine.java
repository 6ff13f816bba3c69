// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes the times of all schedules while its host is the leader. Any thread may report changes; one thread processes them in {@link
 * #turn}.
 */
final class ScheduleEngine {

    private final Clock clock;
    private final ScheduleKeeper keeper;
    private final Runnable news;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Whether a comparison of the files is already requested, so that many changes in a row cause only one. */
    private final AtomicBoolean filesDue = new AtomicBoolean();

    /** Jobs whose ends schedules wait for, by ID. The notification of an end removes the job immediately. */
    private final Map<JobId, ScheduleEntry> awaited = new ConcurrentHashMap<>();

    /** Whether a finished job was retried, so that known ends are no longer valid. */
    private volatile boolean reopened;

    private boolean leader;
    private @Nullable Instant loadAt;

    /**
     * @param news called when work is due earlier than the time that the last turn returned
     */
    ScheduleEngine(ScheduleServices services, ScheduleEvents events, Supplier<Configured> files, Runnable news) {
        clock = services.clock();
        this.news = news;
        keeper = new ScheduleKeeper(services, events, files, awaited, this::post);
    }

    /** Applies the current hosts. A host that becomes the leader begins with the stored schedules. */
    void follow(boolean isLeader) {
        post(() -> {
            if (isLeader && !leader) {
                loadAt = Instant.EPOCH;
            } else if (!isLeader) {
                forget();
                loadAt = null;
            }
            leader = isLeader;
        });
    }

    /** Rereads everything on a leader, because changes may have been missed. */
    void opened() {
        post(() -> {
            if (leader) {
                forget();
                loadAt = Instant.EPOCH;
            }
        });
    }

    private void forget() {
        keeper.forget();
        awaited.clear();
    }

    /** Requests a comparison of the files, because they have changed. */
    void filesChanged() {
        if (filesDue.compareAndSet(false, true)) {
            post(() -> {
                filesDue.set(false);
                if (leader && loadAt == null) {
                    keeper.reconcile();
                }
            });
        }
    }

    /** Applies a user's change of a schedule. */
    void scheduled(String name) {
        post(() -> {
            if (leader && loadAt == null) {
                keeper.reload(name);
            }
        });
    }

    /** Handles commits on the committer's thread. Most jobs need no action. */
    void changed(Committed change) {
        JobSummary job = change.after();
        if (job.status().isFinished()) {
            ended(job);
        } else if (change.before() != null && change.before().status().isFinished()) {
            reopened = true;
        }
    }

    private void ended(JobSummary job) {
        ScheduleEntry entry = awaited.remove(job.id());
        if (entry == null) {
            return;
        }
        Plan plan = entry.plan;
        if (plan != null && plan.timing().isFromEnd()) {
            post(() -> keeper.ended(entry, job.id(), job.changedAt()));
        }
    }

    private void post(Runnable task) {
        tasks.add(task);
        news.run();
    }

    /** Performs the due actions. Returns the time of the next one; null if none is known. Only for one thread. */
    @Nullable
    Instant turn() {
        Instant now = clock.instant();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        if (reopened) {
            reopened = false;
            keeper.forgetEnds();
        }
        if (loadAt != null && !loadAt.isAfter(now)) {
            loadAt = keeper.load() ? null : now.plus(ScheduleKeeper.SOON);
        }
        Instant next = keeper.visitDue(now);
        return loadAt != null ? loadAt : next;
    }

    /** Returns the schedules of the keeper. For all threads. */
    List<ScheduleEntry> entries() {
        return keeper.entries();
    }
}
