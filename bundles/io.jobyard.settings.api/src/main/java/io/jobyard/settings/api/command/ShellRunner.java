// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import org.osgi.annotation.versioning.ProviderType;

/** Runs commands of the shell for callers elsewhere. Commands that are only for the host's own machine are refused. */
@FunctionalInterface
@ProviderType
public interface ShellRunner {

    /**
     * Runs a command to its end on this thread, and returns the exit code, 0 or 1. An interrupt of the thread ends it, and what it has
     * submitted continues.
     */
    int run(ShellCall call);
}
