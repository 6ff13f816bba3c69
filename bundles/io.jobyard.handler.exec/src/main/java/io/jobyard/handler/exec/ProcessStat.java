// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * Fields of {@code /proc/PID/stat}.
 *
 * @param state the state's letter
 */
record ProcessStat(char state, long parent, long session, int threads) {

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int THREADS = 17;

    static ProcessStat parse(String text) {
        String[] fields =
                text.substring(text.lastIndexOf(')') + 2).split(" "); // the name in parentheses may contain blanks
        return new ProcessStat(
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[SESSION]),
                Integer.parseInt(fields[THREADS]));
    }

    /**
     * Returns whether the process is a zombie. A process whose first thread has ended looks like one while its other
     * threads run.
     */
    boolean isZombie() {
        return (state == 'Z' && threads <= 1) || state == 'X';
    }
}
