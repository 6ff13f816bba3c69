// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

/** A bound leaves no room for a further turn: nothing was called. */
final class BoundExceededException extends Exception {

    private static final long serialVersionUID = 1L;

    final String bound;

    BoundExceededException(String bound) {
        super(bound);
        this.bound = bound;
    }
}
