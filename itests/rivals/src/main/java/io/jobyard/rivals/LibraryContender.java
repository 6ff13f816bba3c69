// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/** A library in a process of its own, with the settings that a JVM has by itself. */
final class LibraryContender implements Contender {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Library library;
    private final Databases databases;

    LibraryContender(Library library, Databases databases) {
        this.library = library;
        this.databases = databases;
    }

    @Override
    public String title() {
        return library.title() + ", " + databases.title();
    }

    @Override
    public Map<Value, Double> measure(Task task, int jobs) throws Exception {
        try (Databases.Empty database = databases.create()) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RivalProcess.class.getName(),
                            library.name(),
                            database.url(),
                            task.name(),
                            String.valueOf(jobs))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Thread killer = new Thread(process::destroyForcibly, "kill-rival");
            Runtime.getRuntime().addShutdownHook(killer); // no process stays behind when somebody breaks off
            try (BufferedReader answers = process.inputReader()) {
                try (Writer secret = process.outputWriter()) {
                    secret.write(database.password() + "\n");
                }
                return answer(answers);
            } finally {
                process.destroyForcibly().waitFor(); // nobody needs its database any more
                Runtime.getRuntime().removeShutdownHook(killer);
            }
        }
    }

    private Map<Value, Double> answer(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException(title() + ": its process ended without an answer");
        }
        return JSON.readValue(line, new TypeReference<>() {});
    }
}
