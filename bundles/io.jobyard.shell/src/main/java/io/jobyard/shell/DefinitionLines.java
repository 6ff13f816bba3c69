// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.LimitView.Defined;

/** Forms of the commands that change limits and queues. */
final class DefinitionLines {

    private DefinitionLines() {}

    static Form set(String operation) {
        return Form.of(operation, DefinitionLines::printSet)
                .at("set")
                .named("name", "NAME")
                .named("settings", "KEY=VALUE");
    }

    private static void printSet(Defined defined, Screen screen) {
        screen.line(defined.kind() + " " + defined.name() + " is set; job:" + defined.kind() + "s shows it");
    }

    static Form removed(String operation, String then) {
        return Form.of(
                        operation,
                        (Defined defined, Screen screen) ->
                                screen.line(defined.kind() + " " + defined.name() + " removed; " + then))
                .at("remove");
    }
}
