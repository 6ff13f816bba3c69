// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

/**
 * Declares that agents may call an operation as a tool.
 *
 * @param name the tool's name after {@code jobyard_}, in snake case
 * @param title the name that people see
 * @param destroys whether it ends or removes something
 * @param repeats whether a second call with the same inputs changes nothing more
 * @param reachesOut whether it may act outside of the host
 */
public record AgentTool(String name, String title, boolean destroys, boolean repeats, boolean reachesOut) {

    private static final String PREFIX = "jobyard_";

    /** A tool that reads. */
    public static AgentTool reading(String name, String title) {
        return new AgentTool(name, title, false, true, false);
    }

    /** The name of the tool as agents see it. */
    public String fullName() {
        return PREFIX + name;
    }
}
