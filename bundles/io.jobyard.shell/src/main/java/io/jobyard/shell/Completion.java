// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Offers what may stand at the cursor: commands, their options, job types, and the ends of recent jobs' ids. */
final class Completion {

    private static final int MOST = 20;
    private static final int ENDING = 8;
    private static final String SCOPE = "job:";
    private static final Set<String> SEPARATORS = Set.of(";", "|", "||", "&&", "&");

    private final StatusReporter status;

    Completion(StatusReporter status) {
        this.status = status;
    }

    /** Read when somebody first completes a line: a start need not wait for it. */
    private static final class Known {
        static final Map<String, CommandSpec> COMMANDS = Commands.lines().stream()
                .collect(Collectors.toMap(
                        Commands::name, line -> line.getCommandSpec(), (one, other) -> one, TreeMap::new));
    }

    void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            List<String> before = line.words().subList(0, line.wordIndex());
            candidates.addAll(candidates(afterSeparator(before), line.word().substring(0, line.wordCursor())));
        } catch (JobyardException e) {
            // The store does not answer: nothing can be offered, and a command would say why.
        }
    }

    /** What may follow these words, where the next one begins like this. */
    private List<Candidate> candidates(List<String> before, String begun) {
        if (before.isEmpty()) {
            return commands(begun.startsWith(SCOPE));
        }
        CommandSpec command = Known.COMMANDS.get(scoped(before.get(0)));
        if (command == null) {
            return List.of();
        }
        OptionSpec valueOf = command.findOption(before.get(before.size() - 1));
        if (valueOf != null && valueOf.arity().max() > 0) {
            return values(valueOf.paramLabel());
        }
        return begun.startsWith("-") ? options(command, before) : values(positional(command, before));
    }

    private List<Candidate> values(String label) {
        return switch (label) {
            case "TYPE", "T" -> types();
            case "ID", "ID,ID" -> ids();
            case "QUEUE", "Q" -> queues();
            case "COMMAND" -> commands(false);
            default -> List.of();
        };
    }

    private List<Candidate> commands(boolean withScope) {
        return Known.COMMANDS.keySet().stream()
                .map(name -> new Candidate(withScope ? name : name.substring(SCOPE.length())))
                .toList();
    }

    private static List<Candidate> options(CommandSpec command, List<String> before) {
        return command.options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !before.contains(name))
                .map(Candidate::new)
                .toList();
    }

    private List<Candidate> types() {
        return status.handlers().stream()
                .map(HandlerStatus::type)
                .distinct()
                .sorted()
                .limit(MOST)
                .map(Candidate::new)
                .toList();
    }

    private List<Candidate> queues() {
        return status.queues().stream()
                .limit(MOST)
                .map(queue -> new Candidate(queue.name()))
                .toList();
    }

    private List<Candidate> ids() {
        return status.find(JobQuery.all(MOST)).jobs().stream()
                .map(Completion::id)
                .toList();
    }

    private static Candidate id(Job job) {
        String id = job.id().toString();
        String ending = id.substring(id.length() - ENDING);
        return new Candidate(ending, ending, null, job.type() + ", " + JobText.state(job), null, null, true);
    }

    /** The label of the argument that comes next; empty if there is none. */
    private static String positional(CommandSpec command, List<String> before) {
        int place = 0;
        for (int i = 1; i < before.size(); i++) {
            OptionSpec option = command.findOption(before.get(i));
            if (option == null) {
                place++;
            } else if (option.arity().max() > 0) {
                i++;
            }
        }
        int next = place;
        return command.positionalParameters().stream()
                .filter(parameter -> parameter.index().min() <= next
                        && next <= parameter.index().max())
                .map(ArgSpec::paramLabel)
                .findFirst()
                .orElse("");
    }

    private static List<String> afterSeparator(List<String> words) {
        int begin = words.size();
        while (begin > 0 && !SEPARATORS.contains(words.get(begin - 1))) {
            begin--;
        }
        return words.subList(begin, words.size());
    }

    private static String scoped(String name) {
        return name.startsWith(SCOPE) ? name : SCOPE + name;
    }
}
