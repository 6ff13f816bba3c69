// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The commands of a running host, from a list in the program's shell bundle, so that no host has to run. */
final class HostCommands {

    private static final String LIST = "OSGI-INF/jobyard/commands.txt";
    private static final int WIDEST = 10;

    private final Map<String, String> descriptions;

    private HostCommands(Map<String, String> descriptions) {
        this.descriptions = descriptions;
    }

    static HostCommands of(Program program) {
        try (Stream<Path> files = Files.walk(program.bundles())) {
            Path shell = files.filter(file -> file.getFileName().toString().startsWith("io.jobyard.shell-"))
                    .findFirst()
                    .orElse(null);
            return new HostCommands(shell == null ? Map.of() : read(shell));
        } catch (IOException e) {
            throw new LaunchException("cannot read the commands in " + program.bundles() + " (" + e + ")");
        }
    }

    private static Map<String, String> read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry list = file.getEntry(LIST);
            return list == null ? Map.of() : parse(file, list);
        }
    }

    private static Map<String, String> parse(JarFile file, ZipEntry list) throws IOException {
        Map<String, String> descriptions = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.getInputStream(list), StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(" ", 2)).forEach(words -> descriptions.put(words[0], words[1]));
        }
        return descriptions;
    }

    boolean has(String word) {
        return descriptions.containsKey(word);
    }

    Set<String> names() {
        return descriptions.keySet();
    }

    /** For the help. */
    String text() {
        return descriptions.entrySet().stream()
                .filter(word -> !List.of("help", "console").contains(word.getKey())) // the launcher's own
                .map(word -> "  " + word.getKey()
                        + " ".repeat(Math.max(1, WIDEST - word.getKey().length())) + word.getValue())
                .collect(Collectors.joining(
                        "%n".formatted(),
                        "Commands of the running host; what follows one is passed on as it is:%n".formatted(),
                        "%n".formatted()));
    }
}
