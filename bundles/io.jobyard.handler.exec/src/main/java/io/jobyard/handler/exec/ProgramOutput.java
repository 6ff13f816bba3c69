// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.function.UnaryOperator;

/**
 * What a program has printed.
 *
 * @param text the beginning
 * @param dropped the end of what was dropped
 * @param isCut whether anything was dropped
 */
record ProgramOutput(String text, String dropped, boolean isCut) {

    private static final int TOLD_CHARACTERS = 500;

    /** The most of it that is redacted to tell its end. */
    private static final int REDACTED_CHARACTERS = 32_768;

    /**
     * Returns the end of it, for an error; empty if it printed nothing.
     *
     * @param redaction takes secrets out of a text that is about to be cut
     */
    String tail(UnaryOperator<String> redaction) {
        String all = (isCut ? dropped : text).strip();
        String end = redaction.apply(all.substring(Math.max(0, all.length() - REDACTED_CHARACTERS)));
        return end.substring(Math.max(0, end.length() - TOLD_CHARACTERS));
    }
}
