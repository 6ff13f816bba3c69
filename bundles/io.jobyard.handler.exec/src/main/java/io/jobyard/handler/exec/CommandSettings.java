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
 * @param template the program and arguments; null if the configuration was never valid
 * @param directory the working directory; null for a new one for each run
 * @param environment variables in addition to those that all programs get
 * @param timeoutSeconds the timeout; null for the job's timeout
 * @param maxBytes the maximum size of the output, and of the error output
 * @param ok exit statuses that complete the job
 * @param retry exit statuses after which the job is retried
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
            reader.refuse("command is missing: for example command = [\"/usr/bin/pandoc\", \"-f\", \"${from}\"]");
        }
        Set<Integer> ok = reader.value("exit.ok", statuses(EXIT_OK), CommandSettings::statuses);
        Set<Integer> retry = reader.value("exit.retry", statuses(EXIT_RETRY), CommandSettings::statuses);
        if (ok.stream().anyMatch(retry::contains) && reader.has("exit.retry")) {
            reader.refuse("exit.ok and exit.retry have a status in common: remove it from one of them");
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
                reader.refuse("invalid " + key + ": the command has no placeholder ${" + name + "}");
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
                reader.refuse(
                        "invalid " + key + ": use a variable name of A-Z a-z 0-9 _, except " + ProcessMark.VARIABLE);
            }
        }
        return environment;
    }

    private static Path directory(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "use an absolute path, or remove the key for a new directory for each run");
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
            // rejected below, like a number out of range
        }
        throw new IllegalArgumentException("use numbers from 0 to 255, separated by commas");
    }

    /** Omits the values of the environment, which may be secrets. */
    @Override
    public String toString() {
        if (template == null) {
            return "a command without a program";
        }
        return "command = " + template.texts() + ", rules for " + rules.keySet() + ", environment of "
                + environment.keySet() + ", directory = " + (directory == null ? "a new one" : directory)
                + ", timeout.seconds = " + (timeoutSeconds == null ? "as the job's" : timeoutSeconds)
                + ", output.max.bytes = " + maxBytes + ", exit.ok = " + ok + ", exit.retry = " + retry;
    }
}
