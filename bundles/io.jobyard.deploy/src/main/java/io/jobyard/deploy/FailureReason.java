// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.regex.Pattern;

/** Describes a failure in one line: the innermost cause, by the short name of its class. */
final class FailureReason {

    private static final String CAUSED_BY = "Caused by: ";
    private static final Pattern PACKAGE = Pattern.compile("^(?:[\\w$]+\\.)+(?=[\\w$]+(?::|$))");
    private static final int MOST = 300;

    private FailureReason() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return line(cause.toString());
    }

    /** Reads a stack trace. */
    static String of(String trace) {
        String cause = trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((first, second) -> second)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElse(trace);
        return line(cause);
    }

    private static String line(String text) {
        String first = text.lines().findFirst().orElse("");
        String plain = PACKAGE.matcher(first).replaceFirst("");
        return plain.length() <= MOST ? plain : plain.substring(0, MOST) + "…";
    }
}
