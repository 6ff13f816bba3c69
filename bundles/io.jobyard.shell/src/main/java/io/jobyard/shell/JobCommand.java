// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    /** Passes on a value that is not null. */
    static <T> void ifGiven(@Nullable T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }
}
