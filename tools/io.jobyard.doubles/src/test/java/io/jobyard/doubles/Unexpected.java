// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

/** A double was asked what its test did not set up. */
final class Unexpected extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    Unexpected(String asked, String fix) {
        super(asked + " was asked, and the test did not set it up: " + fix);
    }
}
