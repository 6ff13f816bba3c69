// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.Remedy;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.Reported;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes jobs into files before they are removed, if configured. Only one thread archives; any thread may read the finding. */
final class JobArchive {

    private static final long LARGEST = 256L * 1024 * 1024;

    private final Supplier<RetentionSettings> settings;
    private final Path instance;
    private final Supplier<StatusReporter> reporters;
    private final Clock clock;
    private final UUID incarnation;
    private @Nullable ArchiveFile open;
    private Path directory;
    private LocalDate day = LocalDate.EPOCH;
    private int files;
    private volatile List<Finding> found = List.of();

    /** @param incarnation part of the file names, so that no other host and no other incarnation writes to the same files */
    JobArchive(
            Supplier<RetentionSettings> settings,
            Path instance,
            Supplier<StatusReporter> reporters,
            Clock clock,
            UUID incarnation) {
        this.settings = settings;
        this.instance = instance;
        this.reporters = reporters;
        this.clock = clock;
        this.incarnation = incarnation;
        directory = instance;
    }

    /** Returns a removal that archives the jobs first; the given removal if archiving is off. */
    JobRemoval before(JobRemoval removal) {
        Path wanted = settings.get().archive();
        if (wanted == null) {
            found = List.of();
            return removal;
        }
        return new JobRemoval() {
            @Override
            public List<StoredJob> removable(Collection<StoredJob> jobs) {
                return removal.removable(jobs);
            }

            @Override
            public CompletableFuture<List<StoredJob>> remove(Collection<StoredJob> jobs) {
                List<StoredJob> going =
                        removal.removable(jobs); // otherwise the remaining jobs would be archived again every day
                if (!going.isEmpty()) {
                    archive(instance.resolve(wanted), going);
                }
                return going.isEmpty() ? CompletableFuture.completedFuture(going) : removal.remove(going);
            }

            @Override
            public void close() {
                removal.close();
            }
        };
    }

    private void archive(Path to, List<StoredJob> jobs) {
        String lines = lines(jobs);
        try {
            file(to).append(lines);
            found = List.of();
        } catch (IOException e) {
            end();
            found = List.of(new Finding(
                            RetentionSettings.PID,
                            "cannot archive old jobs in " + to + ", so they are not removed: " + e,
                            "make room there, correct its permissions, or set another archive.directory; then remove old jobs to retry at once")
                    .with(Remedy.RemedyKind.REMOVE_OLD_JOBS.any()));
            throw new StoreException("cannot archive old jobs in " + to + ", so they are not removed: " + e, e);
        }
    }

    private String lines(List<StoredJob> jobs) {
        StatusReporter reporter = reporters.get();
        Map<JobId, List<HistoryEvent>> histories =
                reporter.histories(jobs.stream().map(StoredJob::id).toList());
        StringBuilder lines = new StringBuilder();
        for (StoredJob stored : jobs) {
            Reported<Job> job = new Reported<>(stored.job(), reporter);
            lines.append(JsonWriter.compact(JobView.ARCHIVED_JOB.json(
                            new JobView.Archived(job, histories.getOrDefault(stored.id(), List.of())))))
                    .append('\n');
        }
        return lines.toString();
    }

    /** Opens a file for each day, and further files if they get large. */
    private ArchiveFile file(Path to) throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        ArchiveFile known = open;
        if (known != null && today.equals(day) && to.equals(directory) && known.size() < LARGEST) {
            return known;
        }
        end();
        Files.createDirectories(to);
        files++;
        ArchiveFile next = new ArchiveFile(to.resolve("jobs-" + today + "-" + incarnation + "-" + files + ".jsonl.gz"));
        open = next;
        try (FileChannel entries = FileChannel.open(to, StandardOpenOption.READ)) {
            entries.force(true); // the name of the file too
        }
        day = today;
        directory = to;
        return next;
    }

    /** Closes the open file; the next slice begins another file. */
    void end() {
        ArchiveFile last = open;
        open = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            throw new StoreException("cannot close the archive in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Returns the problem that prevented the archiving of the latest slice. */
    List<Finding> found() {
        return found;
    }
}
