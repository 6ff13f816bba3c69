// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine;

/**
 * Restriction of a command to callers on the host's own machine, because it affects the host's process or files.
 *
 * @param verb the first argument to which the restriction applies; empty for the whole command
 * @param instead an alternative for a remote caller; continues a sentence
 */
record LocalOnly(String verb, String instead) {

    /** Creates a restriction for the whole command. */
    LocalOnly(String instead) {
        this("", instead);
    }

    boolean isWhole() {
        return verb.isEmpty();
    }

    /** Returns a sentence for the help. */
    String sentence() {
        return (isWhole() ? "Only" : "'" + verb + "' only") + " on the host's machine; from elsewhere " + instead + ".";
    }

    /**
     * Throws an exception if a remote caller runs the command. A restriction of one verb applies after the line is
     * parsed.
     */
    void refuse(CommandLine line) {
        CommandLine.ParseResult parsed = line.getParseResult();
        if (isWhole() || parsed != null && verb.equals(parsed.matchedPositionalValue(0, null))) {
            throw new UsageException((Commands.name(line) + " " + verb).strip()
                    + " works only on the host's machine; from elsewhere " + instead);
        }
    }
}
