// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a host that starts is at, in a line of {@code data/start.state}: told by the store too, and read by whoever waits for
 * the host. Gone when the host takes jobs.
 */
final class StartState implements Flow.Subscriber<String> {

    private static final String FAILED = "FAILED: ";

    private final Path file;
    private @Nullable String failure;
    private boolean over;

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

    /** It will never take jobs; of no meaning once it does. */
    @Override
    public synchronized void onError(Throwable why) {
        String reason = String.valueOf(why.getMessage());
        write(FAILED + reason);
        failure = failure == null && !over ? reason : failure;
    }

    /** It takes jobs. */
    @Override
    public synchronized void onComplete() {
        over = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("jobyard: cannot delete " + file + " (" + e + ")");
        }
    }

    /** Why it will never take jobs; null as long as it may. */
    synchronized @Nullable String failure() {
        return failure;
    }

    private void write(String line) {
        if (failure != null || over) {
            return;
        }
        try {
            Path next = Files.writeString(file.resolveSibling("start.state.new"), line.replaceAll("\\s+", " "));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.err.println("jobyard: cannot say in " + file + " what the start is at (" + e + "): " + line);
        }
    }

    /** What the host of an instance says, which may be another process. */
    static String read(InstanceDirectory instance) throws IOException {
        try {
            return Files.readString(new StartState(instance).file);
        } catch (NoSuchFileException e) {
            return "beginning";
        }
    }

    /** Why a host that says so will never take jobs; null for all else. */
    static @Nullable String failure(String said) {
        return said.startsWith(FAILED) ? said.substring(FAILED.length()) : null;
    }
}
