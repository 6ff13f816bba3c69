// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.GeneratedFolder;
import io.jobyard.shell.JobsCommand.JobsChange;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands' reference is made from the commands. */
class CommandsReferenceTest {

    private static final Path PAGES = Path.of("..", "..", "docs", "reference", "commands");
    private static final ShellServices HOST = new TestShell(Path.of("")).host;
    private static final Path LIST = Path.of("src", "main", "resources", "OSGI-INF", "jobyard", "commands.txt");
    private static final String HOW =
            "mvn -pl bundles/io.jobyard.shell -am test -Dtest=CommandsReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Djobyard.docs.write=true";

    @Test
    void thePagesSayWhatTheCommandsSay() throws Exception {
        GeneratedFolder.requirePages(PAGES, pages(), HOW);
    }

    @Test
    void theListForTheLauncherSaysWhatTheCommandsSay() throws Exception {
        String list = Commands.ALL.stream()
                .map(each -> each.function() + " " + (each.isLocal() ? "local" : files(line(each))) + " "
                        + Commands.inShort(line(each)) + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, list);
        }
        assertThat(LIST).as("stale; make it anew with: %s", HOW).hasContent(list);
    }

    /** The options and the verbs after which a file is named; a dash if there are none. */
    private static String files(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        Stream<String> options = spec.options().stream()
                .filter(option -> CompletionValues.FILES.contains(option.paramLabel()))
                .map(OptionSpec::longestName);
        Stream<String> verbs = spec.positionalParameters().stream()
                .filter(argument -> CompletionValues.FILES.contains(argument.paramLabel()))
                .map(argument -> verb(line));
        String all = Stream.concat(options, verbs).collect(Collectors.joining(","));
        return all.isEmpty() ? "-" : all;
    }

    /** The one in the synopsis; the launcher takes every option of such a command, but those of all commands, for one with a value. */
    private static String verb(CommandLine line) {
        assertThat(line.getCommandSpec().options())
                .filteredOn(option -> option.arity().max() == 0)
                .extracting(OptionSpec::longestName)
                .containsExactlyInAnyOrder("--json", "--help");
        Matcher verb = Pattern.compile(Commands.name(line) + " (\\w+) \\(?FILE").matcher(line.getUsageMessage());
        assertThat(verb.find()).isTrue();
        return verb.group(1);
    }

    @Test
    void everyCommandIsInTheListOfCommands() throws Exception {
        List<String> written = new ArrayList<>();
        try (var files = Files.list(Path.of("src", "main", "java", "io", "jobyard", "shell"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.java$", "");
                Class<?> type = Class.forName("io.jobyard.shell." + name);
                Command annotation = type.getAnnotation(Command.class);
                if (annotation != null
                        && !annotation.name().isEmpty()
                        && annotation.name().startsWith("job:")) {
                    written.add(annotation.name().substring("job:".length()));
                }
                written.addAll(declared(type));
            }
        }
        assertThat(Commands.ALL).extracting(CommandEntry::function).containsExactlyInAnyOrderElementsOf(written);
    }

    private static List<String> declared(Class<?> type) throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == DerivedCommand.class) {
                names.add(((DerivedCommand) field.get(null)).name);
            } else if (Modifier.isStatic(field.getModifiers()) && field.getType() == JobsChange.class) {
                names.add(((JobsChange) field.get(null)).name());
            }
        }
        return names;
    }

    private static CommandLine line(CommandEntry entry) {
        return entry.line(HOST::operations);
    }

    /** The index, and a page for each command. */
    private static Map<String, String> pages() throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", index());
        Commands.ALL.forEach(entry -> pages.put(entry.function() + ".md", page(entry)));
        return pages;
    }

    private static String index() throws Exception {
        StringBuilder page = new StringBuilder();
        try (var head = CommandsReferenceTest.class.getResourceAsStream("/commands-head.md")) {
            page.append(new String(head.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        page.append("\n| Command | Purpose | JSON |\n|---|---|---|\n");
        for (CommandEntry entry : Commands.ALL) {
            String name = entry.function();
            page.append("| [`" + name + "`](" + name + ".md) | ");
            page.append(escaped(Commands.inShort(line(entry)))).append(" | " + answers(entry) + " |\n");
        }
        return page.toString();
    }

    private static String page(CommandEntry entry) {
        CommandLine line = line(entry);
        CommandSpec spec = line.getCommandSpec();
        StringBuilder page = new StringBuilder("# " + spec.name() + "\n\n");
        page.append(Commands.description(line)).append("\n\n");
        page.append("```\n")
                .append(line.getUsageMessage(CommandLine.Help.Ansi.OFF)
                        .lines()
                        .takeWhile(text -> text.startsWith("Usage:") || text.startsWith("   "))
                        .reduce("", (all, text) -> all + text.replaceFirst("^Usage: |^       ", "") + "\n"))
                .append("```\n\n| | |\n|---|---|\n");
        spec.positionalParameters().forEach(parameter -> row(page, "`" + parameter.paramLabel() + "`", parameter));
        spec.options().stream()
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .forEach(option -> row(page, "`" + written(option) + "`", option));
        String answers = answers(entry);
        if (!answers.isEmpty()) {
            page.append("\nJSON: ").append(answers).append(".\n");
        }
        return page.append("\n[All commands](README.md)\n").toString();
    }

    private static String answers(CommandEntry entry) {
        return entry.views().apply(HOST.operations()).stream()
                .map(view -> view == JobHelpCommand.COMMANDS
                        ? "`{commands: [{name, description, usage}]}`"
                        : "[" + view.name() + "](../json/" + view.name().replace(' ', '-') + ".md)")
                .collect(Collectors.joining(" · "));
    }

    private static String written(OptionSpec option) {
        return option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }

    private static void row(StringBuilder page, String name, ArgSpec argument) {
        String text = String.join(" ", List.of(argument.description()));
        page.append("| ").append(name).append(" | ").append(escaped(text)).append(" |\n");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
