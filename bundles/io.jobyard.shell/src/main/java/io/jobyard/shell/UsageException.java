// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.RequestFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exception for a command with invalid arguments. The message shows the correct input. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    UsageException(String message) {
        this(null, message);
    }

    /**
     * Creates the exception for one option or argument.
     *
     * @param field the option, or the label of the argument
     */
    UsageException(@Nullable String field, String message) {
        super(message);
        this.field = field;
    }

    RequestFault fault() {
        return RequestFault.of(ErrorCode.USAGE, field, String.valueOf(getMessage()));
    }

    /** Returns the exception for an unknown verb of a command. */
    static UsageException verb(String typed, String thing, List<String> known) {
        return new UsageException("unknown action '" + typed + "' of " + thing + Spelling.hint(typed, known) + "; use "
                + String.join(", ", known));
    }
}
