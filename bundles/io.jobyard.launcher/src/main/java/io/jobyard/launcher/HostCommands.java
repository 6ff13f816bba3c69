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
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Commands of a host, from a list in the program's shell bundle, so that no host has to run. */
final class HostCommands {

    private static final String LIST = "OSGI-INF/jobyard/commands.txt";
    private static final int WIDEST = 10;

    /**
     * Line of the list.
     *
     * @param marks {@code local}, or the options and verbs before a file name, separated by commas
     */
    private record HostCommand(String marks, String description) {

        boolean isLocal() {
            return marks.equals("local");
        }
    }

    private final Map<String, HostCommand> commands;

    private HostCommands(Map<String, HostCommand> commands) {
        this.commands = commands;
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

    private static Map<String, HostCommand> read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry list = file.getEntry(LIST);
            return list == null ? Map.of() : parse(file, list);
        }
    }

    private static Map<String, HostCommand> parse(JarFile file, ZipEntry list) throws IOException {
        Map<String, HostCommand> commands = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.getInputStream(list), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.split(" ", 3))
                    .forEach(words -> commands.put(words[0], new HostCommand(words[1], words[2])));
        }
        return commands;
    }

    boolean has(String word) {
        return commands.containsKey(word);
    }

    /** Returns whether a remote host runs the command. */
    boolean isForOthers(String word) {
        HostCommand command = commands.get(word);
        return command != null && !command.isLocal();
    }

    Set<String> names() {
        return commands.keySet();
    }

    /** Returns the files in a command line; {@code -} is standard input. */
    Set<String> files(List<String> line) {
        HostCommand command = commands.get(line.get(0));
        return command == null || command.isLocal() || command.marks().equals("-")
                ? Set.of()
                : NamedFiles.of(List.of(command.marks().split(",")), line.subList(1, line.size()));
    }

    /** Returns the commands for the help. */
    String text() {
        return "Commands of the running host; their arguments are passed on unchanged:%n".formatted()
                + list(word -> !PlainLine.LAUNCHER.contains(word))
                + "%n".formatted();
    }

    /** Returns the commands for a remote host, for the help. */
    String forOthers() {
        return "Commands (for details, use 'jobyard --url URL help COMMAND'):%n".formatted() + list(this::isForOthers);
    }

    private String list(Predicate<String> which) {
        return commands.entrySet().stream()
                .filter(command -> which.test(command.getKey()))
                .map(command -> "  " + command.getKey()
                        + " ".repeat(Math.max(1, WIDEST - command.getKey().length()))
                        + command.getValue().description())
                .collect(Collectors.joining("%n".formatted()));
    }
}
