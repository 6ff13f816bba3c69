// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arguments of one form of a command, and the inputs that they set. */
final class FormArguments {

    static final String FILE = "--file";

    /**
     * Argument.
     *
     * @param word its option or label
     * @param label the label of its value
     * @param input the input that it sets
     */
    record FormArgument(String word, String label, Input input) {

        /** Reads a word such as {@code --after-id ID}. */
        static FormArgument of(String typed, Input input) {
            String[] words = typed.split(" ", 2);
            return new FormArgument(words[0], words.length > 1 ? words[1] : Form.label(input), input);
        }

        boolean isOption() {
            return word.startsWith("--");
        }
    }

    final Form form;
    final Operation operation;
    final List<FormArgument> positionals = new ArrayList<>();
    final List<FormArgument> options = new ArrayList<>();
    final @Nullable JobOptions jobOptions;

    /**
     * Creates the arguments of a form.
     *
     * @param innerJob the options for a job within another object, which all forms of the command share
     */
    FormArguments(Form form, Operation operation, JobOptions innerJob) {
        this.form = form;
        this.operation = operation;
        List<Input> path = operation.pathInputs();
        for (Input input : inputs(form, operation)) {
            if (!form.hidden.contains(input.name())) {
                FormArgument argument = FormArgument.of(form.word(input, path.contains(input)), input);
                (argument.isOption() ? options : positionals).add(argument);
            }
        }
        List<JobField> fields = operation.jobFields();
        if (form.innerJob != null) {
            jobOptions = innerJob;
        } else if (fields.isEmpty()) {
            jobOptions = null;
        } else {
            jobOptions = fields.equals(JobField.CHANGEABLE) ? JobOptions.ofChange() : JobOptions.of(fields);
        }
    }

    /** Returns the inputs, and the job fields that the form names as arguments. */
    private static List<Input> inputs(Form form, Operation operation) {
        List<Input> all = new ArrayList<>(operation.inputs());
        for (JobField field : operation.jobFields()) {
            if (form.words.containsKey(field.name())) {
                all.add(Input.of(field.name(), InputType.OBJECT, field.meaning()));
            }
        }
        return all;
    }

    /** Returns the options without the options of job fields. */
    Set<String> optionNames() {
        Set<String> names = new LinkedHashSet<>();
        options.forEach(option -> names.add(option.word()));
        if (!form.files.isEmpty()) {
            names.add(FILE);
        }
        return names;
    }

    /**
     * Reads the inputs of a call.
     *
     * @param typedPositionals the arguments, without the verb
     * @param typed returns the values of an option; empty if it was not given
     */
    Map<String, @Nullable Object> values(
            List<String> typedPositionals, Function<String, List<String>> typed, CommandUser user) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        String inner = form.innerJob;
        if (jobOptions != null && inner == null) {
            values.putAll(jobOptions.json());
        } else if (jobOptions != null
                && inner != null
                && (isRequired(inner) || !jobOptions.given().isEmpty())) {
            values.put(inner, jobOptions.json());
        }
        for (int i = 0; i < positionals.size(); i++) {
            FormArgument argument = positionals.get(i);
            boolean isMany = argument.input().type().hasMany();
            int end = isMany ? typedPositionals.size() : Math.min(i + 1, typedPositionals.size());
            put(argument, i < end ? typedPositionals.subList(i, end) : List.of(), typed.apply(FILE), values, user);
        }
        options.forEach(option -> put(option, typed.apply(option.word()), List.of(), values, user));
        int most = positionals.stream().anyMatch(each -> each.input().type().hasMany())
                ? Integer.MAX_VALUE
                : positionals.size();
        if (typedPositionals.size() > most) {
            throw new UsageException("unexpected argument '" + Table.cut(typedPositionals.get(most), 40) + "'");
        }
        return values;
    }

    private boolean isRequired(String input) {
        return operation.inputs().stream().anyMatch(each -> each.name().equals(input) && each.required());
    }

    private void put(
            FormArgument argument,
            List<String> texts,
            List<String> file,
            Map<String, @Nullable Object> values,
            CommandUser user) {
        Input input = argument.input();
        if (form.files.contains(input.name())) {
            TypedJson json = new TypedJson(
                    input.name(), texts.isEmpty() ? null : texts.get(0), file.isEmpty() ? null : file.get(0));
            String text = json.text(user);
            if (text != null) {
                values.put(
                        input.name(),
                        input.type() == InputType.OBJECT
                                ? JsonReader.object(json.name(), text)
                                : JsonReader.value(json.name(), text));
            }
        } else if (!texts.isEmpty()) {
            values.put(input.name(), input.type().json(texts));
        }
    }

    /** Returns the option or the label of an input; null if the form has none. */
    @Nullable
    String word(String input) {
        for (List<FormArgument> each : List.of(positionals, options)) {
            for (FormArgument argument : each) {
                if (argument.input().name().equals(input)) {
                    return argument.word();
                }
            }
        }
        return jobOptions == null ? null : jobOptions.option(input);
    }
}
