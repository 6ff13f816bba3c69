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
            .text("by", "who paused it", QueuePause::by)
            .time("since", "when", QueuePause::since)
            .text("reason", "what was said about it; null if nothing was", QueuePause::reason)
            .time("until", "when it ends by itself; null if only a resume ends it", QueuePause::until);

    /** One queue. */
    public static final View<QueueStatus> QUEUE = View.<QueueStatus>of("queue", "A queue as it is now.")
            .text("name", "its name", QueueStatus::name)
            .text("state", "`open`, `paused` or `shut`", queue -> BlockerView.state(queue.shutBy()))
            .number("queued", "how many ready jobs stand in it", QueueStatus::queued)
            .seconds("oldestReadySeconds", "how long the oldest of them has been ready", QueueStatus::oldestReady)
            .number("running", "how many of its jobs run", QueueStatus::running)
            .number("runningMax", "how many may run at once; null for any number", QueueStatus::runningMax)
            .text("rate", "how many may start in which time, such as `60/m burst 10`", QueueStatus::rate)
            .texts("types", "the job types that are routed here; `*` stands for any characters", QueueStatus::types)
            .one("pause", PAUSE, "who paused it; null if nobody has", QueueStatus::pause)
            .list("blockedBy", BlockerView.BLOCKER, "why nothing of it starts now", QueueStatus::shutBy);

    /** All queues. */
    public static final View<List<QueueStatus>> QUEUES =
            View.<List<QueueStatus>>of("queues", "All queues.").list("queues", QUEUE, "each queue", queues -> queues);

    /** What a pause came to. */
    public static final View<Paused> PAUSED = View.<Paused>of("paused queue", "A queue was paused.")
            .text("queue", "its name", Paused::queue)
            .text("state", "`paused`", paused -> "paused")
            .time("until", "when the pause ends by itself; null if only a resume ends it", Paused::until);

    /** What a resume came to; shows the queue's name. */
    public static final View<String> RESUMED = View.<String>of("resumed queue", "The pause of a queue was ended.")
            .text("queue", "its name", queue -> queue)
            .text("state", "`resumed`", queue -> "resumed");

    private QueueView() {}

    /**
     * A queue was paused.
     *
     * @param queue its name
     * @param until when the pause ends by itself; null if only a resume ends it
     */
    public record Paused(String queue, @Nullable Instant until) {}
}
