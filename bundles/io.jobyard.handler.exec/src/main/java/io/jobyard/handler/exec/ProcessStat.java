// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * Fields of {@code /proc/PID/stat}.
 *
 * @param state a letter
 * @param parent the number of the parent
 * @param session the number of the session
 * @param threads how many threads live
 */
record ProcessStat(char state, long parent, long session, int threads) {

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int THREADS = 17;

    static ProcessStat parse(String text) {
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" "); // the name before it may have blanks
        return new ProcessStat(
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[SESSION]),
                Integer.parseInt(fields[THREADS]));
    }

    /** A process whose first thread has ended looks like a zombie while its other threads run. */
    boolean isZombie() {
        return (state == 'Z' && threads <= 1) || state == 'X';
    }
}
