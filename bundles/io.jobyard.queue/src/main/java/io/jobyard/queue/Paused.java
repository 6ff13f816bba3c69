// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.QueuePause;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule that nothing of a paused queue starts. Guarded by the lock of {@link Lanes}. */
final class Paused implements Rule {

    static final String NAME = "paused";

    private final Map<String, QueuePause> pauses = new HashMap<>();
    private final Allowances allowances;

    Paused(Allowances allowances) {
        this.allowances = allowances;
    }

    void restore(Collection<QueuePause> all) {
        pauses.clear();
        all.forEach(this::pause);
    }

    void pause(QueuePause pause) {
        pauses.put(pause.queue(), pause);
    }

    void resume(String queue) {
        pauses.remove(queue);
    }

    /** Who paused it; null if nobody has, or the time is over. */
    @Nullable
    QueuePause find(String queue, long now) {
        QueuePause pause = pauses.get(queue);
        return pause == null || end(pause) <= now ? null : pause;
    }

    Collection<String> queues() {
        return pauses.keySet();
    }

    @Override
    public long opensAt(Group group, Need need, long now) {
        String queue = group.queue().name;
        if (isByConfiguration(queue)) {
            return Nanos.NEVER;
        }
        QueuePause pause = pauses.get(queue);
        return pause == null ? Nanos.ALWAYS : end(pause);
    }

    @Override
    public List<Blocker> shutBy(Group group, Need need, long now) {
        return shutBy(group.queue().name, now);
    }

    List<Blocker> shutBy(String queue, long now) {
        QueuePause pause = find(queue, now);
        if (isByConfiguration(queue)) {
            return List.of(new Blocker(
                    NAME,
                    "queue " + queue + ", by its configuration " + NamedQueueSettings.FACTORY + "-" + queue,
                    null));
        }
        if (pause == null) {
            return List.of();
        }
        String reason = pause.reason() == null ? "" : ", \"" + pause.reason() + "\"";
        return List.of(new Blocker(
                NAME,
                "queue " + queue + ", by " + pause.by() + " since " + Times.text(pause.since(), Nanos.instant(now))
                        + reason,
                pause.until()));
    }

    boolean isByConfiguration(String queue) {
        return allowances.catalogue().queue(queue).paused();
    }

    private static long end(QueuePause pause) {
        return pause.until() == null ? Nanos.NEVER : Nanos.of(pause.until());
    }
}
