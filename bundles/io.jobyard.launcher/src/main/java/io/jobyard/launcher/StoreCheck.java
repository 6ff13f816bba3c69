// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks a database that no host has open, with the program's own bundles in a separate process. */
final class StoreCheck {

    /**
     * Valid database.
     *
     * @param id the store's id
     * @param jobs the number of jobs, for people
     */
    record FoundStore(String id, String jobs) {}

    private final Program program;
    private final InstanceDirectory instance;

    StoreCheck(Program program, InstanceDirectory instance) {
        this.program = program;
        this.instance = instance;
    }

    FoundStore of(Path database, OwnStore kind) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dderby.stream.error.file=" + instance.log().resolve("derby-check.log"),
                        instance.unpacked(),
                        "-cp",
                        bundle(kind.bundle()) + ":" + bundle("io.jobyard.store.api"),
                        kind.checker(),
                        database.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0 || said.size() != 2) {
            throw new LaunchException(said.isEmpty() ? "the check gave no result" : said.get(0));
        }
        return new FoundStore(said.get(0), said.get(1));
    }

    private Path bundle(String name) throws IOException {
        try (Stream<Path> files = Files.walk(program.bundles())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-"))
                    .findFirst()
                    .orElseThrow(() -> new LaunchException("bundle " + name + " not found in " + program.bundles()));
        }
    }
}
