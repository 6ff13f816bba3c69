// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** The life of the host was ended by another one. */
final class Fenced extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Fenced() {
        super("another host has ended this life", null, false, false);
    }
}
