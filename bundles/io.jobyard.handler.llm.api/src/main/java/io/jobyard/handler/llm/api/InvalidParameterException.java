// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import io.jobyard.api.handler.PermanentException;

/** Exception for a tool call with an invalid parameter: the job fails without a retry. */
public final class InvalidParameterException extends PermanentException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message names the tool, the parameter, the accepted values and the value given. */
    public InvalidParameterException(String message) {
        super(message);
    }
}
