// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What one workload runs on: hosts and floors of its own, which end with it. */
final class Stage implements Closeable {

    private final BenchmarkSettings settings;
    private final Path directory;
    private final Consumer<String> progress;
    private final Deque<Closeable> opened = new ArrayDeque<>();

    Stage(BenchmarkSettings settings, String name, Consumer<String> progress) throws IOException {
        this.settings = settings;
        this.progress = progress;
        directory = settings.directory().resolve(name);
        delete(directory);
        Files.createDirectories(directory);
    }

    /** A running host that takes load. */
    MeasuredHost host(String name) throws IOException, InterruptedException {
        return start(idleHost(name));
    }

    /** Starts a host and gives it what puts load on it. */
    MeasuredHost start(MeasuredHost host) throws IOException, InterruptedException {
        progress.accept("starts a host");
        return host.startWith(settings.jar());
    }

    /** Gives a running host what puts load on it. */
    MeasuredHost take(MeasuredHost host) throws IOException, InterruptedException {
        return host.take(settings.jar());
    }

    /** A host that is not started. */
    MeasuredHost idleHost(String name) throws IOException {
        MeasuredHost host = MeasuredHost.at(settings.program(), directory.resolve(name));
        opened.push(host);
        settings.database().giveTo(host, name);
        return host;
    }

    /** A host that is not started, on an instance that a run before may have left and that stays when this one ends. */
    MeasuredHost keptHost(String name) throws IOException {
        Database database = settings.database();
        String own = database.isDefault() ? name : name + "-" + database.name();
        Path instance = settings.directory().resolve("kept").resolve(own);
        boolean isNew = Files.notExists(instance);
        MeasuredHost host = MeasuredHost.at(settings.program(), instance);
        opened.push(host);
        if (isNew) {
            database.giveTo(host, own);
        }
        return host;
    }

    Floors floors() throws IOException {
        FloorProcess hostRows =
                FloorProcess.ofHostRows(settings.jar(), settings.database().empty(directory, "floor"), storeBundle());
        opened.push(hostRows);
        FloorProcess queueRows =
                FloorProcess.ofQueueRows(settings.jar(), settings.database().empty(directory, "queue-floor"));
        opened.push(queueRows);
        return new Floors(hostRows, queueRows, settings.jobsPerCommit());
    }

    private Path storeBundle() throws IOException {
        try (Stream<Path> files = Files.walk(settings.program().resolve("bundles"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("io.jobyard.store.jpa-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** How many rounds count. */
    int rounds() {
        return settings.quick() ? 1 : 3;
    }

    /** Those before 1 do not count: they let both sides become compiled code. */
    int firstRound() {
        return settings.quick() ? 0 : -2;
    }

    /** A number of jobs, or a tenth of it. */
    int scaled(int full) {
        return settings.quick() ? full / 10 : full;
    }

    /** What is done now, for whoever waits. */
    void tell(String step) {
        progress.accept(step);
    }

    /** A round begins. From the first that counts the host is recorded, if that was asked for. */
    void round(int number, MeasuredHost host) throws IOException, InterruptedException {
        progress.accept(number < 1 ? "warms up" : "round " + number + " of " + rounds());
        if (number == 1 && settings.profile()) {
            opened.push(Recording.start(host.pid(), directory.resolve("host.jfr")));
        }
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
