// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/** What Gogo hands to a command, as text. */
final class Arguments {

    /** What a block of the shell stands for among the arguments: its text is gone, Gogo keeps a tidied copy only. */
    static final String BLOCK = "{…}";

    private Arguments() {}

    static String text(@Nullable Object argument) {
        if (argument instanceof Function) {
            return argument.toString().isBlank() ? "{}" : BLOCK;
        }
        return String.valueOf(argument);
    }
}
