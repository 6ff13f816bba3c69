// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/** Removal of confidential parts from values of a run. */
@FunctionalInterface
interface RunRedaction {

    /** Redacts a text, which may have been cut. */
    String text(String text);

    /** Redacts a number, which is never cut. */
    default String number(String number) {
        return text(number);
    }
}
