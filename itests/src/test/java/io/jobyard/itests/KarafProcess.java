// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.rules.ExternalResource;

/** A Karaf of its own for one test, and its shell. It fetches nothing from outside. */
final class KarafProcess extends ExternalResource {

    private static final Path HOME =
            Path.of(System.getProperty("karaf", "target/apache-karaf")).toAbsolutePath();
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private Path data = HOME;
    private Process process;

    @Override
    protected void before() throws IOException {
        data = Files.createTempDirectory(Files.createDirectories(HostProcess.INSTANCES), "k");
        ProcessBuilder karaf = new ProcessBuilder(
                        "sh", HOME.resolve("bin/karaf").toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("console").toFile());
        karaf.environment().put("JAVA_HOME", System.getProperty("java.home"));
        karaf.environment().put("KARAF_DATA", data.toString());
        karaf.environment().put("TERM", "dumb");
        karaf.environment()
                .put(
                        "EXTRA_JAVA_OPTS",
                        "-Dorg.ops4j.pax.url.mvn.repositories= -Djobyard.instance=" + data.resolve("jobyard"));
        process = karaf.start();
        await().atMost(TIMEOUT)
                .until(() -> log().contains("Deployment finished") && console().contains("@root"));
    }

    @Override
    protected void after() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    /** Types a line, again and again until the shell answers so: what it names may be on its way. */
    String type(String line, String answer) throws IOException {
        awaitAnswer(line, answer, true);
        return console();
    }

    /** Types a line once and waits for its answer. */
    void typeOnce(String line, String answer) throws IOException {
        send(line);
        awaitAnswer(line, answer, false);
    }

    private void awaitAnswer(String line, String answer, boolean again) throws IOException {
        try {
            await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(2)).until(() -> {
                if (again) {
                    send(line);
                }
                return console().contains(answer);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no answer to " + line + ":\n" + console(), e);
        }
    }

    private void send(String line) throws IOException {
        Writer keys = process.outputWriter(StandardCharsets.UTF_8);
        keys.write(line + "\n");
        keys.flush();
    }

    private String log() throws IOException {
        Path log = data.resolve("log/karaf.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    String console() throws IOException {
        return Files.readString(data.resolve("console"), StandardCharsets.UTF_8);
    }
}
