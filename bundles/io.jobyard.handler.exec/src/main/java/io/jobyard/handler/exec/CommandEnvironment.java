// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The environment of a program. */
final class CommandEnvironment {

    private CommandEnvironment() {}

    /** Fills an environment; {@code host} returns the host's own values, or null. */
    static void fill(
            Map<String, String> environment,
            UnaryOperator<String> host,
            Path directory,
            Map<String, String> configured) {
        environment.clear();
        environment.put("PATH", first("/usr/local/bin:/usr/bin:/bin", host.apply("PATH")));
        environment.put("LANG", first("C.UTF-8", host.apply("LC_ALL"), host.apply("LANG")));
        environment.put("HOME", directory.toString());
        environment.putAll(configured);
    }

    private static String first(String byDefault, String... values) {
        return Stream.of(values)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .orElse(byDefault);
    }
}
