// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command: its annotations say what it understands, its fields hold the options of one call. */
abstract class JobCommand {

    @Option(names = "--json", description = "Print one JSON document instead of text.", order = 100)
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "Show this command's help.", order = 101)
    boolean help;

    /** Whether only callers on the host's machine may give it; null if callers elsewhere may too. */
    @Nullable
    LocalOnly local() {
        return null;
    }

    /** Does the work for a session. */
    abstract Answer answer(ShellServices host, Screen screen) throws InterruptedException;

    /** Hands on what was given. */
    static <T> void ifGiven(@Nullable T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }
}
