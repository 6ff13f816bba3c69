// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/** The root of all that Jobyard throws. The message says what happened, what it means and what to do, in one line. */
public abstract class JobyardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * For the children.
     *
     * @param code what a program can tell the kind by
     * @param message for a person
     * @param cause what lies under it; null if nothing does
     */
    protected JobyardException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * What a program can tell the kind of fault by; stands in the shell's {@code --json} errors.
     *
     * @return such as {@code validation}
     */
    public String code() {
        return code;
    }
}
