// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.spi.text.VisibleText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** Reports jars in {@code deploy/} that are not in use. */
final class DeployReport {

    private static final long LOOK_MILLIS = 100;
    /** Time for the report of a bundle that does not return, unless {@code deploy.timeout.seconds} is longer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    private final InstanceDirectory instance;
    private final HostShell shell;

    DeployReport(InstanceDirectory instance) {
        this.instance = instance;
        this.shell = new HostShell(instance);
    }

    /** Waits until a started host has accepted or refused each jar. Prints nothing if all are in use. */
    void print(PrintStream err) throws IOException, InterruptedException {
        if (hasJars()) {
            print(err, files -> true);
        }
    }

    /** Also waits for a jar that was just copied into {@code deploy/}. */
    void print(PrintStream err, Path copied) throws IOException, InterruptedException {
        String name = copied.getFileName().toString();
        print(err, files -> files.findValuesAsText("file").contains(name));
    }

    private void print(PrintStream err, Predicate<JsonNode> seen) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        JsonNode files = files();
        while ((has(files, "waiting") || !seen.test(files)) && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_MILLIS);
            files = files();
        }
        for (JsonNode file : files) {
            if (is(file, "refused") || is(file, "waiting")) {
                err.println(
                        VisibleText.line("jobyard: deploy/" + file.path("file").asText() + " is not in use: "
                                + file.path("detail").asText()
                                + (file.path("fix").asText().isEmpty()
                                        ? ""
                                        : ". To do: " + file.path("fix").asText())));
            }
        }
    }

    private JsonNode files() throws IOException {
        return shell.json("job:handlers --json", "").path("files");
    }

    private static boolean has(JsonNode files, String state) {
        for (JsonNode file : files) {
            if (is(file, state)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(JsonNode file, String state) {
        return file.path("state").asText().equals(state);
    }

    private boolean hasJars() throws IOException {
        if (!Files.isDirectory(instance.deploy())) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(instance.deploy(), "*.jar")) {
            return jars.iterator().hasNext();
        }
    }
}
