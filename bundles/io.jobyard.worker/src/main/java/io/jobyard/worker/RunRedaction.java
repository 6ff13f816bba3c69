// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/** Takes out of values that a run gives what nobody may see. */
@FunctionalInterface
interface RunRedaction {

    /** Redacts a text, which may have been cut. */
    String text(String text);

    /** Redacts a number, which nobody cuts. */
    default String number(String number) {
        return text(number);
    }
}
