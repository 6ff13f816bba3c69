// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import io.jobyard.api.handler.PermanentException;

/** A tool was called with a parameter that it cannot take: the job fails at once. */
public final class InvalidParameterException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /**
     * Says which parameter is wrong.
     *
     * @param message the tool, the parameter, what it must be, what it is
     */
    public InvalidParameterException(String message) {
        super(message);
    }
}
