// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.JobRetention.Purge;
import io.jobyard.spi.store.StoreMaintenance.SoundStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Views of the results of database maintenance. */
public final class MaintenanceView {

    /** Result of a purge of old jobs. */
    public static final View<Purged> PURGE = View.<Purged>of("purge", "Rows removed or counted by a purge.")
            .flag("dryRun", "whether the rows were only counted", Purged::dryRun)
            .counts("removed", "number of jobs, by final status", purged -> removed(purged.purge()))
            .whole(
                    "needed",
                    "number of jobs kept because unfinished jobs depend on them",
                    purged -> purged.purge().needed())
            .whole("audit", "number of audit rows", purged -> purged.purge().audit())
            .whole("usage", "number of usage rows", purged -> purged.purge().usage());

    /** Confirmation of a backup. */
    public static final View<MadeBackup> BACKUP = View.<MadeBackup>of("backup", "Confirmation of a backup.")
            .text("directory", "directory of the copy", MadeBackup::directory)
            .whole("bytes", "size of the copy", MadeBackup::bytes);

    /** Confirmation of a check. */
    public static final View<SoundStore> CHECK = View.<SoundStore>of("check", "Confirmation of a check of the store.")
            .whole("tables", "number of tables read", SoundStore::tables)
            .whole("histories", "number of histories read, one per job", SoundStore::histories)
            .flag("valid", "always true; an invalid store is an error", checked -> true);

    /** Confirmation of a compaction: the number of bytes that it freed. */
    public static final View<Long> COMPACTION = View.<Long>of("compaction", "Confirmation of a compaction.")
            .whole("bytesGivenBack", "bytes released", bytes -> bytes);

    private MaintenanceView() {}

    /** Returns the number of removed jobs for each status of finished jobs by its text, in the order of the statuses. */
    public static Map<String, Long> removed(Purge purge) {
        Map<String, Long> removed = new LinkedHashMap<>();
        Arrays.stream(JobStatus.values())
                .filter(JobStatus::isFinished)
                .forEach(status -> removed.put(status.text(), purge.removed().getOrDefault(status, 0L)));
        return removed;
    }

    /**
     * Result of a purge of old jobs.
     *
     * @param dryRun whether the jobs were only counted
     */
    public record Purged(boolean dryRun, Purge purge) {}

    /** A backup of the database. */
    public record MadeBackup(Path directory, long bytes) {}
}
