// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** The host ends without a word: nobody between here and the world catches it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the host ended", null, false, false);
    }
}
