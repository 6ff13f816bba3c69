// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.text.Spelling;
import java.util.List;

/** A command was typed wrongly; the message says what to type instead. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /** Of a command that does one of several things. */
    static UsageException verb(String typed, String thing, List<String> known) {
        return new UsageException("'" + typed + "' is not an action for " + thing + Spelling.hint(typed, known)
                + "; use " + String.join(", ", known));
    }
}
