// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

/** Thrown if a bound allows no further turn. No call was made. */
final class BoundExceededException extends Exception {

    private static final long serialVersionUID = 1L;

    final String bound;

    BoundExceededException(String bound) {
        super(bound);
        this.bound = bound;
    }
}
