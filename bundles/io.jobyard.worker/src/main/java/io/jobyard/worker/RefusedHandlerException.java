// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.handlers.RefusedHandler;

/** Thrown for an invalid handler. */
final class RefusedHandlerException extends Exception {

    private static final long serialVersionUID = 1L;

    final transient RefusedHandler refused;

    RefusedHandlerException(RefusedHandler refused) {
        super(refused.reason());
        this.refused = refused;
    }
}
