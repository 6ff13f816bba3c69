// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;
import io.jobyard.views.api.RequestFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Command. Its annotations declare its parameters; its fields hold the options of one call. */
abstract class JobCommand {

    @Option(names = "--json", description = "Print one JSON document instead of text.", order = 100)
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "Show this command's help.", order = 101)
    boolean help;

    /** Returns the restriction to callers on the host's machine; null if remote callers may run the command. */
    @Nullable
    LocalOnly local() {
        return null;
    }

    /** Runs the command for a session. */
    abstract Answer answer(ShellServices host, Screen screen) throws InterruptedException;

    /** Adds options and arguments that annotations do not declare. */
    void addTo(CommandSpec command) {}

    /** Returns an error as the user sees it. */
    RequestFault fault(JobyardException fault) {
        return RequestFault.of(fault);
    }
}
