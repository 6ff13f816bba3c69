// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.sql.SQLException;

/** Text of a Derby error for users, in one line. */
final class ErrorLine {

    private static final int LONGEST = 300;

    private ErrorLine() {}

    /** Returns whether the error reports damage, if necessary by a message that Derby only logged. */
    static boolean isDamage(SQLException error, TerseMessages messages) {
        return Damage.in(error) || messages.damage() != null && Damage.closedFiles(error);
    }

    static String of(SQLException error, TerseMessages messages) {
        if (isDamage(error, messages)) {
            return Damage.line(error, Damage.in(error) ? Damage.state(error) : String.valueOf(messages.damage()));
        }
        SQLException last = error;
        while (last.getNextException() != null) { // Derby reports the actual error there
            last = last.getNextException();
        }
        String whole =
                last == error ? String.valueOf(error.getMessage()) : error.getMessage() + " " + last.getMessage();
        String line = whole.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
