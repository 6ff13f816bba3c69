// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;

/** Exception for an unreadable file that a command names. The message contains the reason and the fix. */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with one line for the user. */
    public UnreadableFileException(String message) {
        super(message);
    }
}
