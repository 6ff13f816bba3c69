// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the machine's processes. Concurrent callers share one reading, so that the ends of many runs do not each
 * read {@code /proc}.
 */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private final Supplier<List<ProcessEntry>> reader;
    private final LongSupplier nanoTime;
    private final Object reading = new Object();
    private @Nullable ProcessSnapshot latest;
    private long latestBegun;

    ProcessTable() {
        this(ProcessTable::read, System::nanoTime);
    }

    ProcessTable(Supplier<List<ProcessEntry>> reader, LongSupplier nanoTime) {
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    /** Returns a snapshot whose reading began after this call. */
    ProcessSnapshot snapshot() {
        long called = nanoTime.getAsLong();
        synchronized (reading) {
            ProcessSnapshot shared = latest;
            if (shared != null && latestBegun - called > 0) {
                return shared;
            }
            latestBegun = nanoTime.getAsLong();
            ProcessSnapshot next = new ProcessSnapshot(reader.get());
            latest = next;
            return next;
        }
    }

    private static List<ProcessEntry> read() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.allProcesses().map(ProcessTable::entry).toList(); // no /proc on this machine
        }
        List<ProcessEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                entry(directory).ifPresent(entries::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("cannot list /proc: " + e.getMessage(), e);
        }
        return entries;
    }

    private static Optional<ProcessEntry> entry(Path directory) {
        long pid = Long.parseLong(directory.getFileName().toString());
        try {
            ProcessStat stat = ProcessStat.parse(KernelFile.read(directory.resolve("stat")));
            return stat.isZombie()
                    ? Optional.empty()
                    : Optional.of(new ProcessEntry(pid, stat.parent(), stat.session(), mark(directory)));
        } catch (IOException e) { // the process has ended, or the host has too many open files
            return Files.exists(directory) ? Optional.of(new ProcessEntry(pid, 0, 0, "")) : Optional.empty();
        }
    }

    private static ProcessEntry entry(ProcessHandle process) {
        long parent = process.parent().map(ProcessHandle::pid).orElse(0L);
        return new ProcessEntry(process.pid(), parent, 0, "");
    }

    private static String mark(Path directory) {
        try {
            String environment = KernelFile.read(directory.resolve("environ"));
            String beginning = ProcessMark.VARIABLE + "=";
            for (String entry : environment.split("\0")) {
                if (entry.startsWith(beginning)) {
                    return entry.substring(beginning.length());
                }
            }
        } catch (IOException e) {
            return ""; // the process has ended, or belongs to another user
        }
        return "";
    }

    /** Returns whether a process runs. A zombie, which has ended but was not reaped by its parent, does not. */
    static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            return !ProcessStat.parse(KernelFile.read(PROC.resolve(process.pid() + "/stat")))
                    .isZombie();
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
