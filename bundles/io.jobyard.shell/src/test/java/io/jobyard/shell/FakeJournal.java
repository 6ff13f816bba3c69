// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations.Change;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change of one configuration here, and one on another host that cannot be told apart. */
final class FakeJournal implements ConfigurationJournal {

    private static final String WORKER = "io.jobyard.worker";

    @Override
    public List<Entry> entries(@Nullable String name, int limit) {
        return name != null && !name.equals(WORKER)
                ? List.of()
                : List.of(
                        new Entry(
                                "0000beef-3",
                                FakeJobs.CREATED,
                                "file owner root",
                                WORKER,
                                true,
                                List.of(
                                        new Change("worker.threads", "4", "8"),
                                        new Change("drain.timeout.seconds", null, "60")),
                                "changed: worker.threads: 4 → 8; drain.timeout.seconds = 60"),
                        new Entry(
                                "0000dead-7",
                                FakeJobs.CREATED,
                                "unknown",
                                WORKER,
                                false,
                                List.of(),
                                "changed: whatever"));
    }

    @Override
    public RolledBack rollback(String name, String id, Consumer<RolledBack> before) {
        RolledBack done = new RolledBack(name, id, List.of(new Change("worker.threads", "8", "4")));
        before.accept(done);
        return done;
    }
}
