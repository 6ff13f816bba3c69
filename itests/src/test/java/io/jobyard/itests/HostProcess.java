// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;

/** An instance of its own for one test, and {@code bin/jobyard} on it. Whatever the test does, no process stays behind. */
final class HostProcess extends ExternalResource {

    private static final Path INSTANCES =
            Path.of(System.getProperty("instances", "target/instances")).toAbsolutePath();
    private static final long SECONDS = 90;

    private Path instance = INSTANCES;

    @Override
    protected void before() throws IOException {
        Files.createDirectories(INSTANCES);
        instance = Files.createTempDirectory(INSTANCES, "i");
    }

    @Override
    protected void after() {
        process().ifPresent(host -> {
            host.destroyForcibly();
            host.onExit().join();
        });
    }

    Path instance() {
        return instance;
    }

    String log() throws IOException {
        return Files.readString(instance.resolve("data/log/jobyard.log"));
    }

    /** What one call of {@code bin/jobyard} on the instance did. */
    Outcome jobyard(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Program.HOME.resolve("bin/jobyard").toString()));
        command.addAll(List.of("--instance", instance.toString()));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command));
    }

    static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(INSTANCES, "out", ".txt");
        Path err = Files.createTempFile(INSTANCES, "err", ".txt");
        Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    builder.command() + " did not end: " + Files.readString(out) + Files.readString(err));
        }
        Outcome outcome = new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return outcome;
    }

    /** The host, while it lives. */
    Optional<ProcessHandle> process() {
        Path file = instance.resolve("data/jobyard.pid");
        try {
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                            .filter(this::isOurs)
                    : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The number in the file may by now be another's, or that of a zombie, which has no command line. */
    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains(instance.toString());
        } catch (IOException e) {
            return false;
        }
    }

    record Outcome(int exit, String out, String err) {}
}
