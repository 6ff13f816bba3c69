// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Name of the object that a factory configuration defines.
 *
 * @param name the name, valid or not; empty if missing
 */
public record ConfigurationName(String factory, String name) {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationName.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String PID = "service.pid";
    private static final String FILE = "felix.fileinstall.filename";

    /**
     * Reads the name of a configuration {@code FACTORY~NAME}, or of a file {@code etc/FACTORY-NAME.cfg}, from the values in Config Admin.
     */
    public static ConfigurationName of(String factory, Map<String, ?> raw) {
        String pid = String.valueOf(raw.get(PID));
        if (pid.startsWith(factory + "~")) {
            return new ConfigurationName(factory, pid.substring(factory.length() + 1));
        }
        String file = String.valueOf(raw.get(FILE));
        int start = file.lastIndexOf(factory + "-");
        if (start >= 0) {
            String name = file.substring(start + factory.length() + 1);
            return new ConfigurationName(factory, name.replaceFirst("\\.(cfg|config)$", ""));
        }
        return new ConfigurationName(factory, "");
    }

    /** Returns the name for users, or a placeholder if it has no name. */
    public String shown() {
        return name.isEmpty() ? "(nameless)" : name;
    }

    /** Returns whether the name is valid: 1 to 64 of the allowed characters. */
    public boolean isGood() {
        return NAME.matcher(name).matches();
    }

    /** Returns the file name without extension, for messages. */
    public String pid() {
        return name.isEmpty() ? factory : factory + "-" + name;
    }

    /** Returns the reason why no job that needs this configuration may start. */
    public String fault() {
        return isGood()
                ? "its configuration " + pid() + " is refused: see the doctor"
                : "its configuration " + pid() + " has an invalid name: see the doctor";
    }

    /** Returns a finding if the name is invalid; otherwise none. */
    public List<Finding> findings() {
        if (isGood()) {
            return List.of();
        }
        String problem = name.isEmpty()
                ? "it is not in force: it has no name"
                : "it is not in force: its name '" + name
                        + "' does not have 1 to 64 of the characters A-Z a-z 0-9 . _ -";
        return List.of(new Finding(pid(), problem, "name the file etc/" + factory + "-NAME.cfg"));
    }

    /** Logs the findings, for the administrator who has just written the file. */
    public void warn() {
        findings().forEach(finding -> LOG.warn("{}: {}; {}", finding.subject(), finding.problem(), finding.fix()));
    }
}
