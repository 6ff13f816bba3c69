// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

/** Releases a quarantined bundle. */
final class ReleaseCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("release", "").form(Form.of("releaseBundle", ReleaseCommand::print));

    private ReleaseCommand() {}

    private static void print(String bundle, Screen screen) {
        screen.line("bundle " + bundle + " released");
    }
}
