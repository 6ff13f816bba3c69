// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Current step of a starting host, in one line of {@code data/start.state}. The store reports steps too. Processes
 * that wait for the host read the file. It is deleted when the host accepts jobs.
 */
final class StartState implements Flow.Subscriber<String> {

    private static final String FAILED = "FAILED: ";

    private final Path file;
    private @Nullable String failure;
    private boolean over;
    private @Nullable String ending;

    StartState(InstanceDirectory instance) {
        file = instance.data().resolve("start.state");
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String doing) {
        write(doing);
    }

    /**
     * Reports that the start failed. Ignored once the host accepts jobs, except for a {@link CancellationException}:
     * the host then ends by itself.
     */
    @Override
    public synchronized void onError(Throwable why) {
        String reason = String.valueOf(why.getMessage());
        ending = over && why instanceof CancellationException ? reason : ending;
        write(FAILED + reason);
        failure = failure == null && !over ? reason : failure;
    }

    /** Marks the host as accepting jobs. Has no effect if the start has failed. */
    @Override
    public synchronized void onComplete() {
        if (failure != null) {
            return;
        }
        over = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("jobyard: cannot delete " + file + " (" + e + ")");
        }
    }

    /** Returns the reason of a failed start; null if the start has not failed. */
    synchronized @Nullable String failure() {
        return failure;
    }

    /** Returns why the host has ended by itself; null if it has not ended. */
    synchronized @Nullable String ending() {
        return ending;
    }

    private void write(String line) {
        if (failure != null || over) {
            return;
        }
        try {
            Path next = Files.writeString(file.resolveSibling("start.state.new"), line.replaceAll("\\s+", " "));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.err.println("jobyard: cannot write the progress of the start to " + file + " (" + e + "): " + line);
        }
    }

    /**
     * Returns whether a host with an answering admin socket has finished its start. The start can still fail while
     * another bundle starts.
     */
    static boolean isFinished(InstanceDirectory instance) {
        return Files.notExists(new StartState(instance).file);
    }

    /** Returns the line of an instance's host, which may be another process. */
    static String read(InstanceDirectory instance) throws IOException {
        try {
            return Files.readString(new StartState(instance).file);
        } catch (NoSuchFileException e) {
            return "beginning";
        }
    }

    /** Returns the failure in such a line; null if it contains none. */
    static @Nullable String failure(String said) {
        return said.startsWith(FAILED) ? said.substring(FAILED.length()) : null;
    }
}
