// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import org.osgi.annotation.versioning.ProviderType;

/** Runs commands of the shell for callers elsewhere. Commands that are only for the host's own machine are refused. */
@FunctionalInterface
@ProviderType
public interface ShellRunner {

    /**
     * Runs a command to its end on this thread. An interrupt of the thread ends it; submitted jobs continue.
     *
     * @return the exit code, 0 or 1
     */
    int run(ShellCall call);
}
