// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes commands, their options, and the values of options and arguments. */
final class Completion {

    private static final String SCOPE = "job:";
    private static final Set<String> SEPARATORS = Set.of(";", "|", "||", "&&", "&");

    private final CompletionValues values;
    private final ShellServices host;

    Completion(CompletionValues values, ShellServices host) {
        this.values = values;
        this.host = host;
    }

    /** Returns the candidates at the cursor. File names are relative to the directory. */
    List<Candidate> candidates(ParsedLine line, Path directory) {
        try {
            List<String> before = afterSeparator(line.words().subList(0, line.wordIndex()));
            return candidates(before, line.word().substring(0, line.wordCursor()), directory);
        } catch (JobyardException e) {
            return List.of(); // the store or a service is not available; a command would report the reason
        }
    }

    /** Returns the candidates for the beginning of a word after the given words. */
    private List<Candidate> candidates(List<String> before, String begun, Path directory) {
        if (before.isEmpty()) {
            return commands(begun.startsWith(SCOPE));
        }
        CommandSpec command = command(before.get(0));
        if (command == null) {
            return List.of();
        }
        String last = before.get(before.size() - 1);
        int sign = begun.startsWith("-") ? begun.indexOf('=') : -1;
        OptionSpec option = command.findOption(sign < 0 ? last : begun.substring(0, sign));
        if (option != null && option.arity().max() > 0) {
            return values(command, option, begun.substring(0, sign + 1), begun.substring(sign + 1), directory);
        }
        return begun.startsWith("-")
                ? options(command, before)
                : positional(command, before).stream()
                        .flatMap(argument -> values(command, argument, "", begun, directory).stream())
                        .toList();
    }

    /**
     * Returns the values of an argument. {@code front} stays before the value; {@code typed} is the beginning of the
     * value.
     */
    private List<Candidate> values(CommandSpec command, ArgSpec argument, String front, String typed, Path directory) {
        int comma = argument.splitRegex().isEmpty() ? 0 : typed.lastIndexOf(',') + 1;
        String before = front + typed.substring(0, comma);
        List<Candidate> found = found(command, argument, typed.substring(comma), directory);
        return before.isEmpty()
                ? found
                : found.stream()
                        .map(each -> new Candidate(
                                before + each.value(), each.displ(), null, each.descr(), null, null, each.complete()))
                        .toList();
    }

    private List<Candidate> found(CommandSpec command, ArgSpec argument, String typed, Path directory) {
        if (argument.completionCandidates() != null) {
            return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                    .map(Candidate::new)
                    .toList();
        }
        return argument.paramLabel().equals("COMMAND")
                ? commands(false)
                : values.of(argument.paramLabel(), command.name(), typed, directory);
    }

    private @Nullable CommandSpec command(String name) {
        return Commands.find(host.commands(), name)
                .map(entry -> entry.line(host::operations).getCommandSpec())
                .orElse(null);
    }

    private List<Candidate> commands(boolean withScope) {
        return host.commands().stream()
                .map(CommandEntry::function)
                .map(name -> new Candidate(withScope ? SCOPE + name : name))
                .toList();
    }

    private static List<Candidate> options(CommandSpec command, List<String> before) {
        return command.options().stream()
                .filter(option -> option.isMultiValue() || !before.contains(option.longestName()))
                .map(OptionSpec::longestName)
                .map(Candidate::new)
                .toList();
    }

    /** Returns the next argument; empty if all arguments are given. */
    private static List<ArgSpec> positional(CommandSpec command, List<String> before) {
        int position = 0;
        for (int i = 1; i < before.size(); i++) {
            OptionSpec option = command.findOption(before.get(i));
            if (option == null) {
                position += before.get(i).startsWith("-") ? 0 : 1;
            } else if (option.arity().max() > 0) {
                i++;
            }
        }
        int next = position;
        return command.positionalParameters().stream()
                .filter(parameter -> parameter.index().min() <= next
                        && next <= parameter.index().max())
                .limit(1)
                .map(ArgSpec.class::cast)
                .toList();
    }

    private static List<String> afterSeparator(List<String> words) {
        int begin = words.size();
        while (begin > 0 && !SEPARATORS.contains(words.get(begin - 1))) {
            begin--;
        }
        return words.subList(begin, words.size());
    }
}
