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

/** Views of queues. */
public final class QueueView {

    private static final List<String> KINDS = StateWords.of(TargetKind.values(), QueueView::word);

    private static final View<Pause> PAUSE = View.<Pause>of("pause", "A pause of jobs.")
            .text("by", "user who paused the jobs", Pause::by)
            .instant("since", "when", Pause::since)
            .text("reason?", "reason; null if none was given", Pause::reason)
            .instant(
                    "until?",
                    "time at which the pause ends automatically; null if only a resume ends it",
                    Pause::until);

    /** One queue. */
    public static final View<QueueStatus> QUEUE = View.<QueueStatus>of("queue", "A queue in its current state.")
            .text("name", "queue name", QueueStatus::name)
            .word(
                    "state",
                    List.of("open", "paused", "shut"),
                    "`open`, `paused` or `shut`",
                    queue -> BlockerView.state(queue.shutBy()))
            .whole("queued", "number of ready jobs", queue -> queue.jobs().queued())
            .seconds(
                    "oldestReadySeconds?",
                    "time for which the oldest ready job has been ready",
                    queue -> queue.jobs().oldestReady())
            .whole("running", "number of running jobs", queue -> queue.jobs().running())
            .whole(
                    "runningMax?",
                    "maximum number of running jobs; null for no limit",
                    queue -> queue.bounds().runningMax())
            .text(
                    "rate?",
                    "maximum rate of starts, for example `60/m burst 10`",
                    queue -> queue.bounds().rate())
            .text(
                    "source?",
                    "`file`, or `stored` if created at run time; null if not configured",
                    queue -> queue.bounds().source())
            .texts(
                    "types",
                    "job types routed to the queue; `*` matches any characters",
                    queue -> queue.bounds().types())
            .one("pause?", PAUSE, "pause of the queue; null if not paused", QueueStatus::pause)
            .list("blockedBy", BlockerView.BLOCKER, "what blocks the queue", QueueStatus::shutBy);

    private static final View<Pause> OTHER_PAUSE = View.<Pause>of(
                    "pause of others", "A pause of jobs other than those of one queue.")
            .word("kind", KINDS, "`type`, `limit`, `user` or `all`", pause -> kind(pause.target()))
            .text(
                    "name",
                    "name of the type, limit or user; empty for all jobs",
                    pause -> pause.target().name())
            .all(PAUSE, pause -> pause);

    /** All queues, and all other pauses. */
    public static final View<Overview> QUEUES = View.<Overview>of("queues", "All queues, and all other pauses.")
            .list("queues", QUEUE, "the queues", Overview::queues)
            .list("pauses", OTHER_PAUSE, "pauses of a type, a limit, a user or all jobs", Overview::pauses);

    /** Confirmation of a pause. */
    public static final View<Paused> PAUSED = View.<Paused>of("paused jobs", "Confirmation of a pause.")
            .text("queue?", "the queue, for a pause of a queue", paused -> queue(paused.target()))
            .word("kind", KINDS, "`queue`, `type`, `limit`, `user` or `all`", paused -> kind(paused.target()))
            .text(
                    "name",
                    "name of the type, limit or user; empty for all jobs",
                    paused -> paused.target().name())
            .word("state", List.of("paused"), "`paused`", paused -> "paused")
            .instant(
                    "until?",
                    "time at which the pause ends automatically; null if only a resume ends it",
                    Paused::until);

    /** Confirmation of a resume. */
    public static final View<PauseTarget> RESUMED = View.<PauseTarget>of("resumed jobs", "Confirmation of a resume.")
            .text("queue?", "the queue, for a pause of a queue", QueueView::queue)
            .word("kind", KINDS, "`queue`, `type`, `limit`, `user` or `all`", QueueView::kind)
            .text("name", "name of the type, limit or user; empty for all jobs", PauseTarget::name)
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
     * @param queues the queues, including paused queues
     * @param pauses the pauses of types, limits, users and all jobs
     */
    public record Overview(List<QueueStatus> queues, List<Pause> pauses) {

        public Overview {
            queues = List.copyOf(queues);
            pauses = List.copyOf(pauses);
        }
    }

    /**
     * Confirmation of a pause.
     *
     * @param until when the pause ends automatically; null if only a resume ends it
     */
    public record Paused(PauseTarget target, @Nullable Instant until) {}
}
