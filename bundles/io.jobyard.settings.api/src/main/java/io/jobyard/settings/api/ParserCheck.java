// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Check of a configuration with its parser, for configurations whose component does not exist yet, for example of a factory. */
public class ParserCheck implements SettingsCheck {

    private final String pid;
    private final boolean isFactory;
    private final BiFunction<ConfigurationName, SettingsReader, ?> parser;

    /** Creates the check of a single configuration. */
    public ParserCheck(String pid, Function<SettingsReader, ?> parser) {
        this(pid, false, (name, reader) -> parser.apply(reader));
    }

    /** Creates the check of the configurations of a factory, or of a single configuration. */
    public ParserCheck(String pid, boolean isFactory, BiFunction<ConfigurationName, SettingsReader, ?> parser) {
        this.pid = pid;
        this.isFactory = isFactory;
        this.parser = parser;
    }

    @Override
    public final String pid() {
        return pid;
    }

    @Override
    public final boolean isFactory() {
        return isFactory;
    }

    @Override
    public final List<String> check(String name, Map<String, ?> raw) {
        ConfigurationName configured = new ConfigurationName(pid, name);
        List<String> problems = new ArrayList<>();
        if (isFactory) {
            configured.findings().stream().map(Finding::problem).forEach(problems::add);
        }
        SettingsReader reader = new SettingsReader(raw);
        try {
            Objects.requireNonNull(parser.apply(configured, reader));
            reader.finish();
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }
}
