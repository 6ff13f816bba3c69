// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queues. */
public final class QueueView {

    private static final View<QueuePause> PAUSE = View.<QueuePause>of("pause", "That somebody paused a queue.")
            .field("by", "who paused it", QueuePause::by)
            .field("since", "when", QueuePause::since)
            .field("reason", "what was said about it; null if nothing was", QueuePause::reason)
            .field("until", "when it ends by itself; null if only a resume ends it", QueuePause::until);

    /** One queue. */
    public static final View<QueueStatus> QUEUE = View.<QueueStatus>of("queue", "A queue as it is now.")
            .field("name", "its name", QueueStatus::name)
            .field("state", "`open`, `paused` or `shut`", queue -> BlockerView.state(queue.shutBy()))
            .field("queued", "how many ready jobs stand in it", QueueStatus::queued)
            .field("oldestReadySeconds", "how long the oldest of them has been ready", QueueStatus::oldestReady)
            .field("running", "how many of its jobs run", QueueStatus::running)
            .field("runningMax", "how many may run at once; null for any number", QueueStatus::runningMax)
            .field("rate", "how many may start in which time, such as `60/m burst 10`", QueueStatus::rate)
            .field("types", "the job types that are routed here; `*` stands for any characters", QueueStatus::types)
            .one("pause", PAUSE, "who paused it; null if nobody has", QueueStatus::pause)
            .list("blockedBy", BlockerView.BLOCKER, "why nothing of it starts now", QueueStatus::shutBy);

    /** All queues. */
    public static final View<List<QueueStatus>> QUEUES =
            View.<List<QueueStatus>>of("queues", "All queues.").list("queues", QUEUE, "each queue", queues -> queues);

    /** What a pause came to. */
    public static final View<Paused> PAUSED = View.<Paused>of("paused queue", "A queue was paused.")
            .field("queue", "its name", Paused::queue)
            .field("state", "`paused`", paused -> "paused")
            .field("until", "when the pause ends by itself; null if only a resume ends it", Paused::until);

    /** What a resume came to; shows the queue's name. */
    public static final View<String> RESUMED = View.<String>of("resumed queue", "The pause of a queue was ended.")
            .field("queue", "its name", queue -> queue)
            .field("state", "`resumed`", queue -> "resumed");

    private QueueView() {}

    /**
     * A queue was paused.
     *
     * @param queue its name
     * @param until when the pause ends by itself; null if only a resume ends it
     */
    public record Paused(String queue, @Nullable Instant until) {}
}
