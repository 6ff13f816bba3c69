// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.RequestFault;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses and explains options. */
final class OptionParser {

    private OptionParser() {}

    static CommandLine of(JobCommand command) {
        CommandLine line = new CommandLine(command);
        command.addTo(line.getCommandSpec());
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        LocalOnly local = command.local();
        if (local != null) {
            usage.description(String.join(" ", usage.description()), local.sentence());
        }
        // An argument is data: '@' does not name a file, quotes stay, and no value looks like an option.
        line.setExpandAtFiles(false);
        line.setTrimQuotes(false);
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setPosixClusteredShortOptionsAllowed(false);
        return line;
    }

    static String explain(CommandLine line) {
        return line.getUsageMessage(Ansi.OFF);
    }

    /** Returns the error for a wrong command line. Its field is the option or the argument. */
    static RequestFault fault(ParameterException fault, String help) {
        ArgSpec argument = fault.getArgSpec();
        if (fault instanceof MissingParameterException missing
                && missing.getMissing().size() == 1) {
            argument = missing.getMissing().get(0);
        }
        return RequestFault.of(ErrorCode.USAGE, field(fault, argument), message(fault) + "; " + help);
    }

    private static @Nullable String field(ParameterException fault, @Nullable ArgSpec argument) {
        if (fault instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-") ? first.split("=", 2)[0] : null;
        }
        String label = argument == null ? null : argument.paramLabel();
        return argument instanceof OptionSpec option ? option.longestName() : label;
    }

    private static String message(ParameterException fault) {
        if (fault instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(OptionParser::missing).collect(Collectors.joining(" and "));
        }
        if (fault instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-")
                    ? "unknown option '" + first + "'" + didYouMean(unmatched.getCommandLine(), first)
                    : "unexpected argument '" + Table.cut(first, 40) + "'";
        }
        return String.valueOf(fault.getMessage())
                .replace("option option", "option")
                .replaceFirst("positional parameter at index \\d+ \\((.*?)\\)", "$1")
                .replace("is not an int", "is not a whole number");
    }

    private static String didYouMean(CommandLine line, String typed) {
        Set<String> options = line.getCommandSpec().optionsMap().keySet();
        return Spelling.hint(typed.split("=", 2)[0], options);
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "missing value for " + option.longestName() + ": " + option.paramLabel()
                : "missing " + argument.paramLabel();
    }
}
