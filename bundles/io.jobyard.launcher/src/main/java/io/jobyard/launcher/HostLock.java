// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Lock on {@code data/jobyard.pid} that allows one host per instance. The operating system releases it when the
 * process ends, even after a crash. The number in the file only counts while the lock is held.
 */
final class HostLock {

    private static final int PROBES = 20;
    private static final long PROBE_MILLIS = 25;

    private final FileChannel channel;

    private HostLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock and writes the process ID. Keep a reference to the result, because the garbage collector closes an
     * unreferenced lock.
     */
    static HostLock take(InstanceDirectory instance) throws IOException, InterruptedException {
        FileChannel channel = OwnerOnlyFiles.open(file(instance));
        if (!locked(channel)) {
            channel.close();
            throw taken(instance);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
        return new HostLock(channel);
    }

    /** Keeps the lock reachable until the process ends. */
    void keepUntilHere() {
        Reference.reachabilityFence(channel);
    }

    static Optional<RunningHost> holder(InstanceDirectory instance) throws IOException {
        Path file = file(instance);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            try (FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
                if (probe != null) {
                    return Optional.empty();
                }
            }
        }
        String pid = Files.readString(file).strip();
        Instant since = Files.getLastModifiedTime(file).toInstant();
        return pid.isEmpty() ? Optional.empty() : Optional.of(new RunningHost(Long.parseLong(pid), since));
    }

    /** Returns the running host. Throws if no host is running. */
    static RunningHost running(InstanceDirectory instance) throws IOException {
        return holder(instance)
                .orElseThrow(() -> new LaunchException("no host runs on " + instance.directory()
                        + ": start one with 'jobyard start', or use --instance DIR for another instance"));
    }

    static LaunchException taken(InstanceDirectory instance) {
        return new LaunchException("a host already runs on " + instance.directory()
                + ": use it with 'jobyard shell', or stop it with 'jobyard stop'");
    }

    /** Tries for half a second, because a process that only checks also holds the lock briefly. */
    private static boolean locked(FileChannel channel) throws IOException, InterruptedException {
        for (int i = 0; i < PROBES; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return true;
            }
            Thread.sleep(PROBE_MILLIS);
        }
        return false;
    }

    private static Path file(InstanceDirectory instance) {
        return instance.data().resolve("jobyard.pid");
    }

    /**
     * A host that has locked its instance.
     *
     * @param pid the process ID
     * @param since the start time
     */
    record RunningHost(long pid, Instant since) {}
}
