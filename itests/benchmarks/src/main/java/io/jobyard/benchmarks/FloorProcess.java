// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.benchmarks.floor.Floor;
import io.jobyard.benchmarks.floor.Shape;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The floor as a process, with the host's own heap and collector. It lives through a workload, as the host does. */
final class FloorProcess implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private FloorProcess(Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                jar.toString(),
                Floor.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    /** Writes the rows that the host writes. */
    static FloorProcess ofHostRows(Path jar, String url, Path storeBundle) throws IOException {
        return new FloorProcess(jar, url, storeBundle.toString());
    }

    /** Writes the least that any durable queue writes. */
    static FloorProcess ofQueueRows(Path jar, String url) throws IOException {
        return new FloorProcess(jar, url);
    }

    /** The steps of so many jobs, the insert first. */
    List<Measured> round(int count, int bytes, Shape shape, int jobsPerCommit) throws IOException {
        questions.write(count + " " + bytes + " " + shape + " " + jobsPerCommit + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the floor's process ended early");
        }
        return JSON.readValue(answer, new TypeReference<>() {});
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
