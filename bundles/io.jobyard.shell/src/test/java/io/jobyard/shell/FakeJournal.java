// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations.ValueChange;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change of one configuration here, and one on another host that cannot be told apart. */
final class FakeJournal implements ConfigurationJournal {

    private static final String WORKER = "io.jobyard.worker";

    @Override
    public List<JournalEntry> entries(@Nullable String name, int limit) {
        return name != null && !name.equals(WORKER)
                ? List.of()
                : List.of(
                        new JournalEntry(
                                "0000beef-3",
                                FakeJobs.CREATED,
                                "file owner root",
                                WORKER,
                                true,
                                List.of(
                                        new ValueChange("worker.threads", "4", "8"),
                                        new ValueChange("drain.timeout.seconds", null, "60")),
                                "changed: worker.threads: 4 → 8; drain.timeout.seconds = 60"),
                        new JournalEntry(
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
        RolledBack done = new RolledBack(name, id, List.of(new ValueChange("worker.threads", "8", "4")));
        before.accept(done);
        return done;
    }
}
