// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/** Root of all exceptions of Jobyard. The message contains the problem, its effect and the fix, in one line. */
public abstract class JobyardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates the exception. Only for subclasses.
     *
     * @param code kind of the error, for programs
     * @param message message for users
     * @param cause the underlying exception; null for none
     */
    protected JobyardException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@return the kind of error for programs, for example {@code validation}; included in the shell's {@code --json} errors} */
    public String code() {
        return code;
    }
}
