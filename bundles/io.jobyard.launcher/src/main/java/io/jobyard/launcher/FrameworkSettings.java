// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Properties of the framework, from {@code lib/framework.properties} of the program. */
final class FrameworkSettings {

    private FrameworkSettings() {}

    static Map<String, String> of(Program program, InstanceDirectory instance) throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(program.home().resolve("lib/framework.properties"))) {
            file.load(reader);
        }
        Map<String, String> positions = Map.of(
                "jobyard.home", program.home().toString(),
                "jobyard.version", program.version(),
                "jobyard.instance", instance.directory().toString());
        Map<String, String> settings = new HashMap<>(positions);
        file.stringPropertyNames().forEach(key -> settings.put(key, filled(file.getProperty(key), positions)));
        return settings;
    }

    private static String filled(String value, Map<String, String> positions) {
        String filled = value;
        for (Map.Entry<String, String> position : positions.entrySet()) {
            filled = filled.replace("${" + position.getKey() + "}", position.getValue());
        }
        return filled;
    }
}
