// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * What a program has printed.
 *
 * @param text the beginning
 * @param dropped the end of what was dropped
 * @param isCut whether anything was dropped
 */
record ProgramOutput(String text, String dropped, boolean isCut) {

    private static final int TOLD_CHARACTERS = 500;

    /** The end of it, for an error; empty if it printed nothing. */
    String tail() {
        String end = (isCut ? dropped : text).strip();
        return end.substring(Math.max(0, end.length() - TOLD_CHARACTERS));
    }
}
