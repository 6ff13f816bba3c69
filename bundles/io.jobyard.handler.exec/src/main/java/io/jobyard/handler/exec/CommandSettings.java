// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.settings.api.SettingsReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.exec.commands-NAME}.
 *
 * @param template null if it was never good
 * @param rules for the values, by the names of their places
 * @param directory where it runs; null for a new one each time
 * @param environment what it gets beside what all get
 * @param timeoutSeconds null for as long as its job may take
 * @param maxBytes of its output and of its errors, each
 * @param ok exit statuses that complete the job
 * @param retry exit statuses after which it is tried again
 */
record CommandSettings(
        @Nullable CommandTemplate template,
        Map<String, ArgumentRule> rules,
        @Nullable Path directory,
        Map<String, String> environment,
        @Nullable Integer timeoutSeconds,
        int maxBytes,
        Set<Integer> ok,
        Set<Integer> retry) {

    static final String FACTORY = "io.jobyard.exec.commands";
    static final int MAX_BYTES = 262_144;
    static final String EXIT_OK = "0";
    static final String EXIT_RETRY = "75";

    static final CommandSettings NOTHING =
            new CommandSettings(null, Map.of(), null, Map.of(), null, 0, Set.of(), Set.of());

    private static final String RULE = "argument.";
    private static final String VARIABLE = "environment.";

    static CommandSettings read(SettingsReader reader) {
        CommandTemplate template = reader.optional("command", CommandTemplate::parse);
        if (!reader.has("command")) {
            reader.refuse("command is missing: write such as command = [\"/usr/bin/pandoc\", \"-f\", \"${from}\"]");
        }
        Set<Integer> ok = reader.value("exit.ok", statuses(EXIT_OK), CommandSettings::statuses);
        Set<Integer> retry = reader.value("exit.retry", statuses(EXIT_RETRY), CommandSettings::statuses);
        if (ok.stream().anyMatch(retry::contains) && reader.has("exit.retry")) {
            reader.refuse("exit.ok and exit.retry have the same status: leave it out of one");
        }
        return new CommandSettings(
                template,
                rules(reader, template == null ? Set.of() : template.names()),
                reader.optional("directory", CommandSettings::directory),
                environment(reader),
                reader.optionalInteger("timeout.seconds", 86_400),
                reader.integer("output.max.bytes", MAX_BYTES, 0, 8_388_608),
                ok,
                retry);
    }

    private static Map<String, ArgumentRule> rules(SettingsReader reader, Set<String> names) {
        Map<String, ArgumentRule> rules = new TreeMap<>();
        for (String key : reader.keys(RULE, "argument.NAME")) {
            String name = key.substring(RULE.length());
            rules.put(name, reader.value(key, ArgumentRule.ANY, ArgumentRule::parse));
            if (!names.contains(name)) {
                reader.refuse(key + " is refused: the command has no ${" + name + "}");
            }
        }
        return rules;
    }

    private static Map<String, String> environment(SettingsReader reader) {
        Map<String, String> environment = new TreeMap<>();
        for (String key : reader.keys(VARIABLE, "environment.NAME")) {
            String name = key.substring(VARIABLE.length());
            environment.put(name, reader.text(key, ""));
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals(ProcessMark.VARIABLE)) {
                reader.refuse(key + " is refused: name a variable of A-Z a-z 0-9 _, and not " + ProcessMark.VARIABLE);
            }
        }
        return environment;
    }

    private static Path directory(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("use a whole path, or leave it out for a new directory each time");
        }
        return path;
    }

    private static Set<Integer> statuses(String text) {
        try {
            Set<Integer> statuses = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (statuses.stream().allMatch(status -> status >= 0 && status <= 255)) {
                return statuses;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException("use numbers from 0 to 255 with commas between");
    }

    /** Without the values of the environment, which may be secrets. */
    @Override
    public String toString() {
        if (template == null) {
            return "a command that runs nothing";
        }
        return "command = " + template.texts() + ", rules for " + rules.keySet() + ", environment of "
                + environment.keySet() + ", directory = " + (directory == null ? "a new one" : directory)
                + ", timeout.seconds = " + (timeoutSeconds == null ? "as the job's" : timeoutSeconds)
                + ", output.max.bytes = " + maxBytes + ", exit.ok = " + ok + ", exit.retry = " + retry;
    }
}
