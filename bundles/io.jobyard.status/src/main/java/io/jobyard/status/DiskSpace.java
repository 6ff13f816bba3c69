// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks the free space on the instance's disk. */
@Component
public final class DiskSpace implements Examiner {

    private static final long MEBIBYTE = 1024 * 1024;
    static final long LITTLE = 512 * MEBIBYTE;

    private final Path directory;
    private final LongSupplier free;

    @Activate
    public DiskSpace(@Reference Instance instance) {
        this(instance.directory());
    }

    private DiskSpace(Path directory) {
        this(directory, directory.toFile()::getUsableSpace);
    }

    DiskSpace(Path directory, LongSupplier free) {
        this.directory = directory;
        this.free = free;
    }

    @Override
    public List<Finding> examine() {
        long bytes = free.getAsLong();
        return bytes >= LITTLE
                ? List.of()
                : List.of(new Finding(
                                Finding.DISK,
                                "only " + bytes / MEBIBYTE + " MiB are free on " + directory
                                        + "; submits are refused when the disk is full",
                                "free up disk space, or remove old jobs and then compact the database")
                        .with(Remedy.RemedyKind.REMOVE_OLD_JOBS.any(), Remedy.RemedyKind.COMPACT.any()));
    }
}
