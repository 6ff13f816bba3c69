// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. One object holds the options of one call. */
abstract class Options {

    @Option(names = "--json", description = "Print one JSON document instead of text.", order = 100)
    boolean json;

    @Option(names = "--help", usageHelp = true, description = "Explain the command and its options.", order = 101)
    boolean help;

    /** Hands on what was given. */
    static <T> void ifGiven(@Nullable T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }

    /** What has nothing but these two. */
    static class None extends Options {}
}
