// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built host as a process on an instance of its own, spoken to through {@code bin/jobyard}. */
public final class MeasuredHost implements Closeable {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final int TRIES = 60;

    private final Path program;
    private final Path instance;
    private final Thread killer = new Thread(this::kill, "kill-host");

    private MeasuredHost(Path program, Path instance) {
        this.program = program;
        this.instance = instance;
        Runtime.getRuntime().addShutdownHook(killer); // no process stays behind when somebody breaks off
    }

    /** A host that is not started. */
    public static MeasuredHost at(Path program, Path instance) throws IOException {
        return new MeasuredHost(program, Files.createDirectories(instance));
    }

    /** Starts it with the bundle that puts load on, and waits until that is there. */
    public MeasuredHost startWith(Path loadBundle) throws IOException, InterruptedException {
        deploy(loadBundle);
        start();
        return awaitLoad();
    }

    /** Gives a running host the bundle that puts load on it. */
    MeasuredHost take(Path loadBundle) throws IOException, InterruptedException {
        deploy(loadBundle);
        return awaitLoad();
    }

    private void deploy(Path loadBundle) throws IOException {
        Path deploy = Files.createDirectories(instance.resolve("deploy"));
        Files.copy(loadBundle, deploy.resolve("benchmarks.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private MeasuredHost awaitLoad() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            if (run("shell", "bench:ready").exit() == 0) {
                return this;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IllegalStateException("the host does not take the benchmark's bundle: see " + log());
    }

    public void configure(String pid, String line) throws IOException {
        Files.writeString(Files.createDirectories(instance.resolve("etc")).resolve(pid + ".cfg"), line + "\n");
    }

    void start() throws IOException, InterruptedException {
        require(run("start"));
    }

    void stop() throws IOException, InterruptedException {
        require(run("stop"));
    }

    /** What a command of the load bundle measured. */
    public Measured measure(String command, Object... arguments) throws IOException, InterruptedException {
        return measured(ask(command, arguments));
    }

    static Measured measured(JsonNode answer) throws IOException {
        return JSON.treeToValue(answer, Measured.class);
    }

    /** The same, of a command that measures slice by slice. */
    List<Measured> measureSlices(String command, Object... arguments) throws IOException, InterruptedException {
        return JSON.convertValue(ask(command, arguments), new TypeReference<>() {});
    }

    /** What a command of the load bundle answered. */
    public JsonNode ask(String command, Object... arguments) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder("bench:").append(command);
        for (Object argument : arguments) {
            line.append(' ').append(argument);
        }
        return JSON.readTree(shell(line.toString()));
    }

    String shell(String command) throws IOException, InterruptedException {
        return require(run("shell", command));
    }

    /** kill -9. */
    void killHard() throws IOException {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** How long a command of the shell takes, its client's start included, in seconds. */
    double secondsOf(String command) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        shell(command);
        return (System.nanoTime() - begun) / 1e9;
    }

    long pid() throws IOException {
        return Long.parseLong(
                Files.readString(instance.resolve("data/jobyard.pid")).strip());
    }

    double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    /** What the embedded database takes, its log included. */
    double diskMegabytes() throws IOException {
        Path sqlite = instance.resolve("data/sqlite");
        try (Stream<Path> files = Files.walk(Files.exists(sqlite) ? sqlite : instance.resolve("data/db"))) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / (double) (1 << 20);
        }
    }

    private Path log() {
        return instance.resolve("data/log/jobyard.log");
    }

    private record Ended(List<String> command, int exit, String output, String errors) {}

    private Ended run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(program.resolve("bin/jobyard").toString(), "--instance", instance.toString()));
        command.addAll(List.of(words));
        Path output = instance.resolve("output.txt"); // files: a host that is started would keep a pipe open
        Path errors = instance.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Ended(command, process.waitFor(), read(output), read(errors));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String require(Ended ended) {
        if (ended.exit() != 0) {
            throw new IllegalStateException(String.join(" ", ended.command()) + ": " + ended.output() + ended.errors());
        }
        return ended.output();
    }

    private void kill() {
        try {
            if (Files.exists(instance.resolve("data/jobyard.pid"))) {
                run("stop");
            }
        } catch (IOException e) {
            System.err.println("a host may be left behind: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
