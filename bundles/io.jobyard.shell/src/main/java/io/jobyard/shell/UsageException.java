// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

/** A command was typed wrongly; the message says what to type instead. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
