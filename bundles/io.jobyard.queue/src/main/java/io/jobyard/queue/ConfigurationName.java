// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The name that a factory configuration gives to what it configures. */
record ConfigurationName(String factory, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String PID = "service.pid";
    private static final String FILE = "felix.fileinstall.filename";

    /** Of a file {@code etc/FACTORY-NAME.cfg}, or of a configuration that was made as {@code FACTORY~NAME}. */
    static ConfigurationName of(String factory, Map<String, ?> raw) {
        String pid = String.valueOf(raw.get(PID));
        String file = String.valueOf(raw.get(FILE));
        int start = file.lastIndexOf(factory + "-");
        if (start >= 0) {
            String name = file.substring(start + factory.length() + 1);
            return new ConfigurationName(factory, name.replaceFirst("\\.(cfg|config)$", ""));
        }
        return new ConfigurationName(factory, pid.startsWith(factory + "~") ? pid.substring(factory.length() + 1) : "");
    }

    boolean isGood() {
        return NAME.matcher(name).matches();
    }

    /** As its file is called. */
    String pid() {
        return name.isEmpty() ? factory : factory + "-" + name;
    }

    List<Finding> findings() {
        return isGood()
                ? List.of()
                : List.of(new Finding(
                        pid(),
                        "nobody can use it: its name '" + name
                                + "' has not 1 to 64 of the characters A-Z a-z 0-9 . _ -",
                        "name the file etc/" + factory + "-NAME.cfg"));
    }
}
