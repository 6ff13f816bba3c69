// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies an instance's store into another database, with the program's own bundles in a process without a framework.
 */
final class StoreMover {

    /** Variable with the password for the other database. */
    static final String PASSWORD = "JOBYARD_STORE_PASSWORD";

    private final Program program;
    private final InstanceDirectory instance;

    StoreMover(Program program, InstanceDirectory instance) {
        this.program = program;
        this.instance = instance;
    }

    /** Copies the store to a URL, empty for the default one. Returns the next steps for the user. */
    String move(StoreFile from, String url, String user) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Dorg.ops4j.pax.logging.DefaultServiceLog.level=ERROR",
                        instance.unpacked(),
                        "-cp",
                        classPath(),
                        "io.jobyard.store.jpa.copy.CopyProgram")
                .directory(instance.log().toFile())
                .redirectOutput(Redirect.INHERIT)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            asked(from, url, user).store(in, null);
        }
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new LaunchException(said.lines().reduce("the copy ended without a message", (before, line) -> line));
        }
        return next(from, url, user);
    }

    /** Returns the input of the copy, sent on standard input so that other users cannot read the passwords. */
    private Properties asked(StoreFile from, String url, String user) {
        Properties asked = new Properties();
        asked.setProperty("data", instance.data().toString());
        asked.setProperty("from.url", from.url());
        asked.setProperty("from.user", from.user());
        asked.setProperty("from.password", from.password());
        asked.setProperty("to.url", url);
        asked.setProperty("to.user", user);
        asked.setProperty("to.password", Objects.requireNonNullElse(System.getenv(PASSWORD), ""));
        return asked;
    }

    private String classPath() throws IOException {
        try (Stream<Path> levels = Files.list(program.bundles())) {
            return Stream.concat(levels.sorted(), Stream.of(program.home().resolve("lib")))
                    .map(folder -> folder + "/*")
                    .collect(Collectors.joining(":"));
        }
    }

    private static String next(StoreFile from, String url, String user) {
        String login = user.isEmpty() ? "" : "%n  user = %s%n  password = (the value of %s)".formatted(user, PASSWORD);
        String change = url.isEmpty()
                ? "remove url, user and password from " + from.file()
                : "add to " + from.file() + "%n  url = %s".formatted(url) + login;
        return "The source store was not changed and stays in use. To use the copy, before the next start " + change;
    }
}
