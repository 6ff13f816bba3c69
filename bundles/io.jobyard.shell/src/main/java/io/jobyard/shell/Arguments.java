// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/** Arguments from Gogo, as text. */
final class Arguments {

    /** Placeholder for a block of the shell, of which Gogo keeps only a changed copy. */
    static final String BLOCK = "{…}";

    private Arguments() {}

    static String text(@Nullable Object argument) {
        if (argument instanceof Function) {
            return argument.toString().isBlank() ? "{}" : BLOCK;
        }
        return String.valueOf(argument);
    }
}
