// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Limits, or queues, that users set while a host ran. They are stored in the database and override files with the same name. Not safe for
 * use by several threads.
 *
 * @param <T> type of the settings
 */
final class DefinedLimits<T> {

    private final LimitKind kind;
    private final String factory;
    private final Function<SettingsReader, T> form;
    /** Creates settings for an unreadable limit, which starts no jobs. */
    private final BiFunction<Map<String, String>, String, T> shut;

    private final Map<String, LimitDefinition> definitions = new HashMap<>();

    DefinedLimits(
            LimitKind kind,
            String factory,
            Function<SettingsReader, T> form,
            BiFunction<Map<String, String>, String, T> shut) {
        this.shut = shut;
        this.kind = kind;
        this.factory = factory;
        this.form = form;
    }

    /** Sets all definitions. */
    void begin(List<LimitDefinition> all) {
        definitions.clear();
        all.forEach(this::follow);
    }

    /** Applies a changed or removed definition. Ignores definitions of another kind. */
    void follow(LimitDefinition next) {
        if (next.kind() == kind && next.isGone()) {
            definitions.remove(next.name());
        } else if (next.kind() == kind) {
            definitions.put(next.name(), next);
        }
    }

    Set<String> names() {
        return Set.copyOf(definitions.keySet());
    }

    /** Replaces limits from files with the defined ones. */
    Map<String, T> over(Map<String, T> files) {
        Map<String, T> all = new HashMap<>(files);
        definitions.forEach((name, definition) -> all.put(name, read(definition)));
        return all;
    }

    private T read(LimitDefinition definition) {
        return problems(definition).isEmpty()
                ? form.apply(new SettingsReader(definition.settings()))
                : shut.apply(definition.settings(), "its stored settings are invalid; the doctor shows the reason");
    }

    private List<FieldProblem> problems(LimitDefinition definition) {
        SettingsReader reader = new SettingsReader(definition.settings());
        Objects.requireNonNull(form.apply(reader));
        try {
            reader.finish();
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.fields();
        }
    }

    void requireDefinable(LimitDefinition definition) {
        String name = definition.name();
        if (!new ConfigurationName(factory, name).isGood()) {
            throw new ValidationException(
                    "invalid " + kind.text() + " '" + name + "': use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
        }
        List<FieldProblem> problems = problems(definition);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    /** Reports files that are not in force, and definitions that only another version can read. */
    Stream<Finding> findings(Set<String> files) {
        boolean ofQueues = kind == LimitKind.QUEUE;
        return definitions.values().stream().flatMap(definition -> {
            String name = definition.name();
            String words = kind.text() + " " + name;
            Finding hidden = files.contains(name)
                    ? new Finding(
                                    factory + "-" + name,
                                    "there is a " + words + " already, set at run time: the file is not applied",
                                    "rename the file, or remove the stored one")
                            .with((ofQueues ? Remedy.RemedyKind.REMOVE_QUEUE : Remedy.RemedyKind.REMOVE_LIMIT).of(name))
                    : null;
            List<FieldProblem> problems = problems(definition);
            Finding refused = problems.isEmpty()
                    ? null
                    : new Finding(
                                    words,
                                    "its stored settings are invalid, and no job of it starts: "
                                            + problems.stream()
                                                    .map(FieldProblem::message)
                                                    .collect(Collectors.joining("; ")),
                                    "set it again")
                            .with((ofQueues ? Remedy.RemedyKind.SET_QUEUE : Remedy.RemedyKind.SET_LIMIT).of(name));
            return Stream.<@Nullable Finding>of(hidden, refused).flatMap(Stream::ofNullable);
        });
    }
}
