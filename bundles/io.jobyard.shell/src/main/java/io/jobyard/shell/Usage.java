// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** How options are read and explained. */
final class Usage {

    private Usage() {}

    static CommandLine parser(Options options) {
        CommandLine line = new CommandLine(options);
        // An argument is data: no files behind '@', no quotes taken off, nothing that looks like an option as a value.
        line.setExpandAtFiles(false);
        line.setTrimQuotes(false);
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setPosixClusteredShortOptionsAllowed(false);
        return line;
    }

    static String text(CommandLine line) {
        return line.getUsageMessage(Ansi.OFF);
    }

    static String message(ParameterException fault) {
        if (fault instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" and "))
                    + " is missing";
        }
        return String.valueOf(fault.getMessage());
    }
}
