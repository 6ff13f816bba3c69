// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.RequestFault;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exception for a command with invalid arguments. The message shows the correct input. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Pattern FIELD = Pattern.compile("^(?:missing )?(--[a-z-]+(?=[ :])|[A-Z]+(?= = |:))");

    UsageException(String message) {
        super(message);
    }

    /**
     * Returns the error. Its field is the option or argument at the start of the message, as in {@code SECONDS = 0}.
     */
    RequestFault fault() {
        String message = String.valueOf(getMessage());
        Matcher field = FIELD.matcher(message);
        return RequestFault.of(ErrorCode.USAGE, field.find() ? field.group(1) : null, message);
    }

    /** Returns the exception for an unknown verb of a command. */
    static UsageException verb(String typed, String thing, List<String> known) {
        return new UsageException("'" + typed + "' is not an action for " + thing + Spelling.hint(typed, known)
                + "; use " + String.join(", ", known));
    }
}
