// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

/**
 * Declaration that agents may call an operation as a tool.
 *
 * @param name the tool's name after {@code jobyard_}, in snake case
 * @param destroys whether it ends or removes something
 * @param repeats whether a second call with the same inputs changes nothing more
 * @param reachesOut whether it may act outside the host
 */
public record AgentTool(String name, String title, boolean destroys, boolean repeats, boolean reachesOut) {

    private static final String PREFIX = "jobyard_";

    /** Creates a tool that only reads. */
    public static AgentTool reading(String name, String title) {
        return new AgentTool(name, title, false, true, false);
    }

    /** Returns the name of the tool as agents see it. */
    public String fullName() {
        return PREFIX + name;
    }
}
