// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JobFieldType;
import io.jobyard.views.api.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a command for the fields of a job. */
final class JobOptions {

    private static final String NONE = "none";
    /** Fields that a job within another object cannot have. */
    private static final Set<String> NOT_INNER = Set.of("name", "dependencies", "ifDependencyFails");

    private final List<JobField> fields;
    private final boolean changes;
    private final List<OptionSpec> options = new ArrayList<>();

    private JobOptions(List<JobField> fields, boolean changes) {
        this.fields = fields;
        this.changes = changes;
    }

    private static List<JobField> withOptions(List<JobField> fields) {
        return fields.stream().filter(field -> !field.option().isEmpty()).toList();
    }

    /** Returns options for a new job or a copy of a job. */
    static JobOptions of(List<JobField> fields) {
        return new JobOptions(withOptions(fields), false);
    }

    /** Returns options for a change of a job. The value {@code none} removes an optional field. */
    static JobOptions ofChange() {
        return new JobOptions(withOptions(JobField.CHANGEABLE), true);
    }

    /** Returns options for the job in another object, for example in a schedule; the options include the job's type and payload. */
    static JobOptions ofInnerJob() {
        return new JobOptions(
                JobField.ALL.stream()
                        .filter(field -> !NOT_INNER.contains(field.name()))
                        .toList(),
                false);
    }

    private static String option(JobField field) {
        return field.option().isEmpty() ? Form.option(field.name()) : field.option();
    }

    /** Returns the option of a field; null for a field without an option. */
    @Nullable
    String option(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(JobOptions::option)
                .findFirst()
                .orElse(null);
    }

    /**
     * Adds the options to a command.
     *
     * @param before words before each meaning; empty for none
     */
    void addTo(CommandSpec command, String before) {
        for (JobField field : fields) {
            OptionSpec option = OptionSpec.builder(option(field))
                    .paramLabel(field.label().isEmpty() ? label(field) : field.label())
                    .arity("1")
                    .type(field.type().hasMany() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .splitRegex(field.type().isList() ? "," : "")
                    .description(meaning(field, before) + field.type().hint() + (changes ? clearing(field) : ""))
                    .build();
            options.add(option);
            command.addOption(option);
        }
    }

    /** Returns the given options as JSON. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            List<String> typed = options.get(i).originalStringValues();
            if (!typed.isEmpty()) {
                json.put(fields.get(i).name(), changes ? changed(fields.get(i), typed) : json(fields.get(i), typed));
            }
        }
        return json;
    }

    private static String meaning(JobField field, String before) {
        String meaning = field.meaning();
        return before.isEmpty() ? meaning : before + Character.toLowerCase(meaning.charAt(0)) + meaning.substring(1);
    }

    private static String label(JobField field) {
        return field.type() == JobFieldType.OBJECT ? "JSON" : field.name().toUpperCase(Locale.ROOT);
    }

    private static String clearing(JobField field) {
        if (field.type() == JobFieldType.TEXTS_BY_NAME) {
            return " K= removes a label; other labels stay.";
        }
        return field.isCleared() || field.type() == JobFieldType.NAMES ? " Use " + NONE + " to remove it." : "";
    }

    private static Object json(JobField field, List<String> typed) {
        Object json = field.type().json(typed);
        return field.type() == JobFieldType.OBJECT ? JsonReader.object("the " + field.name(), json.toString()) : json;
    }

    private static @Nullable Object changed(JobField field, List<String> typed) {
        boolean isNone = typed.equals(List.of(NONE));
        if (isNone && field.isCleared()) {
            return null;
        }
        Object json = field.type().json(isNone && field.type() == JobFieldType.NAMES ? List.of() : typed);
        if (json instanceof Map<?, ?> members) {
            Map<Object, @Nullable Object> kept = new LinkedHashMap<>(members);
            kept.replaceAll((name, value) -> "".equals(value) ? null : value);
            return kept;
        }
        return json;
    }

    /** Returns the names of the given options. */
    List<String> given() {
        return options.stream()
                .filter(option -> !option.originalStringValues().isEmpty())
                .map(OptionSpec::longestName)
                .toList();
    }

    /** Returns the names of all options, for a message. */
    String names() {
        List<String> names = fields.stream().map(JobOptions::option).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }
}
