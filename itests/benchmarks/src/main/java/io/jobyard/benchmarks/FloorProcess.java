// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.benchmarks.floor.Floor;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/** The floor as a process, with the host's own heap and collector. It lives through a workload, as the host does. */
final class FloorProcess implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    FloorProcess(Path jar, Path storeBundle, Path directory) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms32m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jar.toString(),
                        Floor.class.getName(),
                        directory.toString(),
                        storeBundle.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    /** The steps of so many jobs. */
    Map<String, Measured> round(int count, int bytes, boolean waiting) throws IOException {
        questions.write(count + " " + bytes + " " + (waiting ? 1 : 0) + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the floor's process ended early");
        }
        return JSON.readValue(answer, new TypeReference<>() {});
    }

    /** Several of its steps as one. */
    static Measured sum(Map<String, Measured> steps, String... names) {
        Measured sum = steps.get(names[0]);
        for (int i = 1; i < names.length; i++) {
            sum = sum.then(steps.get(names[i]));
        }
        return sum;
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
