// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JobFieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a command for the fields of a job. */
final class JobOptions {

    /** Command with such options. */
    interface Taker {
        JobOptions jobOptions();
    }

    private static final String NONE = "none";

    private final List<JobField> fields;
    private final boolean changes;
    private final List<OptionSpec> options = new ArrayList<>();

    private JobOptions(List<JobField> fields, boolean changes) {
        this.fields = fields.stream().filter(field -> !field.option().isEmpty()).toList();
        this.changes = changes;
    }

    /** Returns options for a new job or a copy of a job. */
    static JobOptions of(List<JobField> fields) {
        return new JobOptions(fields, false);
    }

    /** Returns options for a change of a job. The value {@code none} removes an optional field. */
    static JobOptions ofChange() {
        return new JobOptions(JobField.CHANGEABLE, true);
    }

    void addTo(CommandSpec command) {
        for (JobField field : fields) {
            OptionSpec option = OptionSpec.builder(field.option())
                    .paramLabel(field.label())
                    .arity("1")
                    .type(field.type().hasMany() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .splitRegex(field.type().isList() ? "," : "")
                    .description(field.meaning() + field.type().hint() + (changes ? clearing(field) : ""))
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
                json.put(
                        fields.get(i).name(),
                        changes
                                ? changed(fields.get(i), typed)
                                : fields.get(i).type().json(typed));
            }
        }
        return json;
    }

    private static String clearing(JobField field) {
        if (field.type() == JobFieldType.TEXTS_BY_NAME) {
            return " K= removes a label; other labels stay.";
        }
        return field.isCleared() || field.type() == JobFieldType.NAMES ? " Use " + NONE + " to remove it." : "";
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
        List<String> names = fields.stream().map(JobField::option).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }
}
