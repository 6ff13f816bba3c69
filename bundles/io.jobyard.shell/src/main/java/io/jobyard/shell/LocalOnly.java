// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import picocli.CommandLine;

/**
 * Confines a command to callers on the host's own machine, because it acts on the host's process or files.
 *
 * @param verb the first argument to which this is confined; empty for the whole command
 * @param instead what a caller elsewhere can do; continues a sentence
 */
record LocalOnly(String verb, String instead) {

    /** For the whole command. */
    LocalOnly(String instead) {
        this("", instead);
    }

    boolean isWhole() {
        return verb.isEmpty();
    }

    /** For the help. */
    String sentence() {
        return (isWhole() ? "Only" : "'" + verb + "' only") + " on the host's machine; from elsewhere " + instead + ".";
    }

    /** Throws if a caller elsewhere gives the command; of one verb, once the line is parsed. */
    void refuse(CommandLine line) {
        CommandLine.ParseResult parsed = line.getParseResult();
        if (isWhole() || parsed != null && verb.equals(parsed.matchedPositionalValue(0, null))) {
            throw new UsageException((Commands.name(line) + " " + verb).strip()
                    + " works only on the host's machine; from elsewhere " + instead);
        }
    }
}
