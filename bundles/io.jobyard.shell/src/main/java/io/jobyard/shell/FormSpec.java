// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.shell.FormArguments.FormArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Options and arguments of all forms of a command, and the values that the user typed. */
final class FormSpec {

    private static final String SYNOPSIS_INDENT = "       ";

    private final DerivedCommand declared;
    private final List<FormArguments> forms;
    private final Map<String, OptionSpec> options = new LinkedHashMap<>();
    private final List<PositionalParamSpec> arguments = new ArrayList<>();

    FormSpec(DerivedCommand declared, List<FormArguments> forms) {
        this.declared = declared;
        this.forms = forms;
    }

    void addTo(CommandSpec command) {
        command.name("job:" + declared.name);
        command.usageMessage().sortOptions(false).description(description());
        positionalArguments();
        arguments.forEach(command::addPositional);
        for (FormArguments form : forms) {
            form.options.forEach(option -> options.computeIfAbsent(option.word(), word -> option(option)));
            form.form.files.stream()
                    .limit(1)
                    .forEach(input -> options.computeIfAbsent(FormArguments.FILE, FormSpec::file));
        }
        declared.flags.forEach((flag, meaning) -> options.put(flag, flag(flag, meaning)));
        options.values().forEach(command::addOption);
        addJobOptions(command);
        if (forms.size() > 1) {
            command.usageMessage().customSynopsis(synopsis());
        }
    }

    /** Adds options for the fields of a job. All forms with these options get the same values. */
    private void addJobOptions(CommandSpec command) {
        List<FormArguments> all =
                forms.stream().filter(form -> form.jobOptions != null).toList();
        String verbs = InputHelp.or(all.stream()
                .filter(form -> form.form.isVerb())
                .map(form -> form.form.selector)
                .toList());
        all.stream()
                .map(form -> form.jobOptions)
                .distinct()
                .forEach(jobs -> jobs.addTo(command, verbs.isEmpty() ? "" : "With " + verbs + ", for its jobs: "));
    }

    private String description() {
        return declared.description.isEmpty() ? forms.get(0).operation.summary() : declared.description;
    }

    private String[] synopsis() {
        List<String> lines = new ArrayList<>();
        for (FormArguments form : forms) {
            String words = form.positionals.stream().map(FormSpec::synopsis).collect(Collectors.joining(" "));
            boolean hasOptions = form.jobOptions != null || form.options.size() > (selects(form) ? 1 : 0);
            String line =
                    "job:" + declared.name + " " + selector(form) + " " + words + (hasOptions ? " [OPTIONS]" : "");
            lines.add((lines.isEmpty() ? "" : SYNOPSIS_INDENT) + line.strip().replaceAll(" +", " "));
        }
        return lines.stream().distinct().toArray(String[]::new);
    }

    private static String synopsis(FormArgument argument) {
        String word = argument.word() + (argument.input().type().hasMany() ? "..." : "");
        return argument.input().required() ? word : "[" + word + "]";
    }

    private static boolean selects(FormArguments form) {
        return form.options.stream().anyMatch(option -> option.word().equals(form.form.selector));
    }

    private static String selector(FormArguments form) {
        String selector = form.form.selector;
        return form.options.stream()
                .filter(option -> option.word().equals(selector))
                .map(option -> selector + " " + option.label())
                .findFirst()
                .orElse(form.form.isVerb() || selector.startsWith("--") ? selector : "");
    }

    private void positionalArguments() {
        int first = 0;
        if (declared.hasVerbs()) {
            List<String> verbs = declared.verbs();
            arguments.add(positional(0, "VERB", "1", InputHelp.or(verbs) + ".", verbs));
            first = 1;
        }
        int most =
                forms.stream().mapToInt(form -> form.positionals.size()).max().orElse(0);
        for (int i = 0; i < most; i++) {
            int index = i;
            List<FormArgument> here = forms.stream()
                    .filter(form -> form.positionals.size() > index)
                    .map(form -> form.positionals.get(index))
                    .toList();
            Input input = here.get(0).input();
            boolean isNeeded = here.size() == forms.size()
                    && here.stream().allMatch(argument -> argument.input().required());
            boolean isMany = input.type().hasMany();
            arguments.add(positional(
                    first + i,
                    here.get(0).word(),
                    isMany ? "0..*" : isNeeded ? "1" : "0..1",
                    InputHelp.sentence(input),
                    InputHelp.words(input)));
        }
    }

    private static PositionalParamSpec positional(
            int index, String label, String arity, String meaning, List<String> words) {
        boolean isMany = arity.endsWith("*");
        PositionalParamSpec.Builder argument = PositionalParamSpec.builder()
                .index(isMany ? index + "..*" : String.valueOf(index))
                .paramLabel(label)
                .description(meaning)
                .arity(arity)
                .type(isMany ? List.class : String.class)
                .auxiliaryTypes(String.class);
        return (words.isEmpty() ? argument : argument.completionCandidates(words)).build();
    }

    private OptionSpec option(FormArgument argument) {
        Input input = argument.input();
        boolean isFlag = input.type() == InputType.FLAG;
        OptionSpec.Builder option = OptionSpec.builder(argument.word())
                .description(meaning(argument))
                .paramLabel(isFlag ? "" : argument.label())
                .arity(isFlag ? "0" : "1")
                .type(isFlag ? boolean.class : input.type().hasMany() ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .splitRegex(input.type() == InputType.TEXTS ? "," : "");
        List<String> words = InputHelp.words(input);
        return (words.isEmpty() ? option : option.completionCandidates(words)).build();
    }

    private String meaning(FormArgument option) {
        String verbs = verbs(option.word());
        return verbs.isEmpty()
                ? InputHelp.sentence(option.input())
                : "With " + verbs + ": " + InputHelp.phrase(option.input());
    }

    /** Returns the verbs of an option that not all forms have; empty if all forms have the option. */
    private String verbs(String word) {
        List<String> verbs = forms.stream()
                .filter(form -> form.form.isVerb() && form.optionNames().contains(word))
                .map(form -> form.form.selector)
                .distinct()
                .toList();
        return verbs.size() == declared.verbs().size() ? "" : InputHelp.or(verbs);
    }

    private static OptionSpec file(String word) {
        return OptionSpec.builder(word)
                .paramLabel("F")
                .arity("1")
                .type(String.class)
                .description("File to read the JSON from; - is standard input.")
                .build();
    }

    private static OptionSpec flag(String word, String meaning) {
        return OptionSpec.builder(word)
                .arity("0")
                .type(boolean.class)
                .description(meaning)
                .build();
    }

    /** Returns the values that the user typed for an option; empty if it was not given. */
    List<String> texts(String word) {
        OptionSpec option = options.get(word);
        if (option == null || option.originalStringValues().isEmpty()) {
            return List.of();
        }
        return option.arity().max() == 0 ? List.of("true") : split(option);
    }

    private static List<String> split(OptionSpec option) {
        return option.splitRegex().isEmpty()
                ? option.originalStringValues()
                : option.originalStringValues().stream()
                        .flatMap(text -> List.of(text.split(option.splitRegex(), -1)).stream())
                        .distinct()
                        .toList();
    }

    /** Returns whether the user typed an option, an argument of this label, or this verb. */
    boolean isGiven(String word) {
        if (word.startsWith("--")) {
            return !texts(word).isEmpty();
        }
        return arguments.stream()
                .filter(argument -> !argument.originalStringValues().isEmpty())
                .anyMatch(argument -> argument.paramLabel().equals(word)
                        || argument.paramLabel().equals("VERB")
                                && argument.originalStringValues().get(0).equals(word));
    }

    /** Returns the options that the user typed. */
    Set<String> given() {
        Set<String> given = new LinkedHashSet<>(options.keySet());
        given.removeIf(word -> texts(word).isEmpty());
        return given;
    }

    /** Returns the arguments that the user typed, in order. */
    List<String> positionals() {
        return arguments.stream()
                .flatMap(argument -> argument.originalStringValues().stream())
                .toList();
    }
}
