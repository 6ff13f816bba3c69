// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.time.Duration;
import java.util.Locale;

/**
 * Suggested next commands, ready to copy.
 *
 * @param instance the user's instance
 */
record NextSteps(Program program, InstanceDirectory instance) {

    String greeting(Duration sinceStart) {
        return String.format(
                Locale.ROOT,
                "Jobyard %s takes jobs after %.1f s%ninstance  %s%nshell     %s%nstop      %s",
                program.version(),
                sinceStart.toMillis() / 1000.0,
                instance.directory(),
                command("shell"),
                command("stop"));
    }

    String command(String name) {
        String where = instance.directory().equals(program.home()) ? "" : " --instance " + instance.directory();
        return program.script() + " " + name + where;
    }
}
