// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import io.jobyard.api.QueueStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Queues. */
public final class QueueView {

    private static final List<String> KINDS = StateWords.of(TargetKind.values(), QueueView::word);

    private static final View<Pause> PAUSE = View.<Pause>of("pause", "That somebody paused jobs.")
            .text("by", "who paused it", Pause::by)
            .instant("since", "when", Pause::since)
            .text("reason?", "what was said about it; null if nothing was", Pause::reason)
            .instant("until?", "when it ends by itself; null if only a resume ends it", Pause::until);

    /** One queue. */
    public static final View<QueueStatus> QUEUE = View.<QueueStatus>of("queue", "A queue as it is now.")
            .text("name", "its name", QueueStatus::name)
            .word(
                    "state",
                    List.of("open", "paused", "shut"),
                    "`open`, `paused` or `shut`",
                    queue -> BlockerView.state(queue.shutBy()))
            .whole(
                    "queued",
                    "how many ready jobs stand in it",
                    queue -> queue.jobs().queued())
            .seconds(
                    "oldestReadySeconds?",
                    "how long the oldest of them has been ready",
                    queue -> queue.jobs().oldestReady())
            .whole("running", "how many of its jobs run", queue -> queue.jobs().running())
            .whole(
                    "runningMax?",
                    "how many may run at once; null for any number",
                    queue -> queue.bounds().runningMax())
            .text(
                    "rate?",
                    "how many may start in which time, such as `60/m burst 10`",
                    queue -> queue.bounds().rate())
            .text(
                    "source?",
                    "`file`, or `stored` of one that was made while a host ran; null if nobody has configured it",
                    queue -> queue.bounds().source())
            .texts(
                    "types",
                    "the job types that are routed here; `*` stands for any characters",
                    queue -> queue.bounds().types())
            .one("pause?", PAUSE, "who paused it; null if nobody has", QueueStatus::pause)
            .list("blockedBy", BlockerView.BLOCKER, "why nothing of it starts now", QueueStatus::shutBy);

    private static final View<Pause> OTHER_PAUSE = View.<Pause>of(
                    "pause of others", "That somebody paused jobs that are not those of a queue.")
            .word("kind", KINDS, "`type`, `limit`, `user` or `all`", pause -> kind(pause.target()))
            .text(
                    "name",
                    "of which; empty for all jobs",
                    pause -> pause.target().name())
            .all(PAUSE, pause -> pause);

    /** All queues, and all other pauses. */
    public static final View<Overview> QUEUES = View.<Overview>of("queues", "All queues, and all other pauses.")
            .list("queues", QUEUE, "each queue", Overview::queues)
            .list("pauses", OTHER_PAUSE, "each pause of a type, a limit, a user or all jobs", Overview::pauses);

    /** What a pause came to. */
    public static final View<Paused> PAUSED = View.<Paused>of("paused jobs", "Jobs were paused.")
            .text("queue?", "the queue, if they are those of one", paused -> queue(paused.target()))
            .word("kind", KINDS, "`queue`, `type`, `limit`, `user` or `all`", paused -> kind(paused.target()))
            .text(
                    "name",
                    "of which; empty for all jobs",
                    paused -> paused.target().name())
            .word("state", List.of("paused"), "`paused`", paused -> "paused")
            .instant("until?", "when the pause ends by itself; null if only a resume ends it", Paused::until);

    /** What a resume came to. */
    public static final View<PauseTarget> RESUMED = View.<PauseTarget>of("resumed jobs", "A pause was ended.")
            .text("queue?", "the queue, if they are those of one", QueueView::queue)
            .word("kind", KINDS, "`queue`, `type`, `limit`, `user` or `all`", QueueView::kind)
            .text("name", "of which; empty for all jobs", PauseTarget::name)
            .word("state", List.of("resumed"), "`resumed`", target -> "resumed");

    private QueueView() {}

    private static @Nullable String queue(PauseTarget target) {
        return target.kind() == PauseTarget.TargetKind.QUEUE ? target.name() : null;
    }

    private static String kind(PauseTarget target) {
        return word(target.kind());
    }

    private static String word(TargetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * All queues, and all other pauses.
     *
     * @param queues the queues, those that are paused among them
     * @param pauses the pauses of types, limits, users and all jobs
     */
    public record Overview(List<QueueStatus> queues, List<Pause> pauses) {

        public Overview {
            queues = List.copyOf(queues);
            pauses = List.copyOf(pauses);
        }
    }

    /**
     * Jobs were paused.
     *
     * @param until when the pause ends by itself; null if only a resume ends it
     */
    public record Paused(PauseTarget target, @Nullable Instant until) {}
}
