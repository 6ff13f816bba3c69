// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.JobRetention.Purge;
import io.jobyard.spi.store.StoreMaintenance.SoundStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What work on the store came to. */
public final class MaintenanceView {

    /** Old jobs were removed. */
    public static final View<Purged> PURGE = View.<Purged>of("purge", "What is old enough was removed, or counted.")
            .flag("dryRun", "whether it was counted only", Purged::dryRun)
            .counts("removed", "how many jobs, by the status they ended with", purged -> removed(purged.purge()))
            .whole(
                    "needed",
                    "how many stay because unfinished jobs depend on them",
                    purged -> purged.purge().needed())
            .whole(
                    "audit",
                    "how many rows of the audit",
                    purged -> purged.purge().audit())
            .whole("usage", "how many uses of runs", purged -> purged.purge().usage());

    /** The store was copied. */
    public static final View<MadeBackup> BACKUP = View.<MadeBackup>of("backup", "The store was copied.")
            .text("directory", "where the copy is", MadeBackup::directory)
            .whole("bytes", "how large it is", MadeBackup::bytes);

    /** The store was checked. */
    public static final View<SoundStore> CHECK = View.<SoundStore>of("check", "The store was checked.")
            .whole("tables", "how many tables were read", SoundStore::tables)
            .whole("histories", "how many histories were read, one for each job", SoundStore::histories)
            .flag("valid", "true; what is not valid is an error", checked -> true);

    /** The store was compacted; shows how many bytes that gave back. */
    public static final View<Long> COMPACTION = View.<Long>of("compaction", "The space of deleted jobs was given back.")
            .whole("bytesGivenBack", "how much", bytes -> bytes);

    private MaintenanceView() {}

    /**
     * How many jobs were removed.
     *
     * @param purge what a purge came to
     * @return by the text of each status that a job can end with, in the order of the statuses
     */
    public static Map<String, Long> removed(Purge purge) {
        Map<String, Long> removed = new LinkedHashMap<>();
        Arrays.stream(JobStatus.values())
                .filter(JobStatus::isFinished)
                .forEach(status -> removed.put(status.text(), purge.removed().getOrDefault(status, 0L)));
        return removed;
    }

    /**
     * Old jobs were removed.
     *
     * @param dryRun whether they were counted only
     * @param purge how many
     */
    public record Purged(boolean dryRun, Purge purge) {}

    /**
     * The store was copied.
     *
     * @param directory where the copy is
     * @param bytes how large it is
     */
    public record MadeBackup(Path directory, long bytes) {}
}
