// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import java.io.IOException;

/** A file that a command names and that cannot be read. The message says why and what to do. */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with one line for the user. */
    public UnreadableFileException(String message) {
        super(message);
    }
}
