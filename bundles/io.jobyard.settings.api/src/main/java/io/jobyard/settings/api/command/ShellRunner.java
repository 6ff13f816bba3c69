// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import org.osgi.annotation.versioning.ProviderType;

/** Runs commands of the shell for remote callers. Commands that are only for the host's own machine are refused. */
@FunctionalInterface
@ProviderType
public interface ShellRunner {

    /**
     * Runs a command to its end on this thread. An interrupt of the thread ends the command; submitted jobs continue.
     *
     * @return exit code, 0 or 1
     */
    int run(ShellCall call);
}
