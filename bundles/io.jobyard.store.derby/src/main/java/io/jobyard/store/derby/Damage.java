// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.io.EOFException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors with which Derby reports damaged files. */
final class Damage {

    /**
     * SQL states of damage: damaged pages (XSDB, XSDF, XSDG), a damaged log (XSLA), and tables that do not match their indexes (X0). A full
     * disk and missing file handles have other states.
     */
    private static final Set<String> STATES = Set.of(
            "XSDB1", "XSDB2", "XSDB3", "XSDB4", "XSDB5", "XSDB9", "XSDBB", "XSDF6", "XSDFD", "XSDG2", "XSLA1", "XSLA3",
            "XSLA7", "XSLAB", "XSLAD", "X0Y55", "X0X61", "X0X62");
    /** SQL states of a failed read because of missing bytes or the disk, which does not prove damage. */
    private static final Set<String> READS = Set.of("XSDG0", "XSDG3");

    private static final Pattern TABLE = Pattern.compile("^table \\S+");
    private static final Pattern PAGE = Pattern.compile("Page\\((\\d+), ?Container\\(\\d+, ?(\\d+)\\)\\)");
    private static final Pattern FILE = Pattern.compile("Container\\(\\d+, ?(\\d+)\\)");

    private Damage() {}

    static boolean is(String state) {
        return STATES.contains(state);
    }

    /** Returns whether the error, or one of its causes, is of this kind. */
    static boolean in(SQLException error) {
        List<String> states = SqlStates.of(error);
        return states.stream().anyMatch(STATES::contains)
                || states.stream().anyMatch(READS::contains) && isCutShort(error);
    }

    private static boolean isCutShort(SQLException error) {
        for (Throwable next : error) {
            if (next instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether Derby has closed the database's files while they were in use, as it does if they are damaged or cannot be
     * written. From then on, every call fails with a null pointer until the process ends.
     */
    static boolean closedFiles(SQLException error) {
        for (Throwable next : error) {
            if (next instanceof NullPointerException
                    && String.valueOf(next.getMessage()).contains("containerCache")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the location of the damage, as far as it is known, and Derby's SQL state. */
    static String line(SQLException error, String state) {
        List<String> known = new ArrayList<>();
        for (Throwable next : error) {
            String message = String.valueOf(next.getMessage());
            Matcher table = TABLE.matcher(message);
            if (table.find()) {
                known.add(table.group());
            }
            String position = position(message);
            if (!position.isEmpty()) {
                known.add(position);
                break;
            }
        }
        known.add("Derby says " + state);
        return "the database is damaged (" + String.join(", ", known) + ")";
    }

    /** Returns the SQL state that reports the damage. */
    static String state(SQLException error) {
        return SqlStates.of(error).stream()
                .filter(state -> STATES.contains(state) || READS.contains(state))
                .findFirst()
                .orElse("");
    }

    /** Returns the name of the file. Derby names files by the numbers of their containers. */
    private static String position(String message) {
        Matcher page = PAGE.matcher(message);
        if (page.find()) {
            return "page " + page.group(1) + " of " + file(page.group(2));
        }
        Matcher file = FILE.matcher(message);
        return file.find() ? file(file.group(1)) : "";
    }

    private static String file(String container) {
        return "seg0/c" + Long.toHexString(Long.parseLong(container)) + ".dat";
    }
}
