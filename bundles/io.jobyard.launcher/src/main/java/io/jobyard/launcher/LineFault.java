// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.text.Spelling;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for a command line that picocli refuses. */
final class LineFault {

    private LineFault() {}

    /** Returns the problem and the fix. */
    static String line(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        return problem(fault, command) + "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
    }

    private static String problem(ParameterException fault, CommandLine command) {
        if (fault instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-")
                    ? "unknown option '" + first + "'"
                            + Spelling.hint(
                                    first.split("=", 2)[0],
                                    command.getCommandSpec().optionsMap().keySet())
                    : "unexpected argument '" + first + "'";
        }
        if (fault instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return "missing "
                    + missing.getMissing().stream().map(LineFault::name).collect(Collectors.joining(" and "));
        }
        ArgSpec argument = fault.getArgSpec();
        if (argument != null && fault.getValue() != null) {
            return "invalid " + name(argument) + " '" + fault.getValue() + "'"
                    + (isNumber(argument) ? ": use a whole number" : "");
        }
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }

    private static boolean isNumber(ArgSpec argument) {
        return argument.type() == int.class || argument.type() == Integer.class;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
