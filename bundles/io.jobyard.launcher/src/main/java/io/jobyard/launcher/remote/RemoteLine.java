// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that is meant for a host elsewhere. */
public final class RemoteLine {

    /** What such a host does. */
    public static final Set<String> COMMANDS =
            Set.of("submit", "list", "show", "log", "history", "cancel", "retry", "explain", "await", "result");

    private static final String URL = "--url";

    private RemoteLine() {}

    /**
     * Whether a line is meant for a host elsewhere: by {@code --url}, or by {@code JOBYARD_URL} unless an instance is named.
     *
     * @param typed the line
     * @param environment the process's variables
     * @return whether it is
     */
    public static boolean isMeant(List<String> typed, Map<String, String> environment) {
        int end = typed.contains("--") ? typed.indexOf("--") : typed.size();
        List<String> before = typed.subList(0, end);
        if (before.stream().anyMatch(word -> word.equals(URL) || word.startsWith(URL + "="))) {
            return true;
        }
        boolean here = before.stream().anyMatch(word -> word.equals("--instance") || word.startsWith("--instance="));
        return !here
                && !environment.getOrDefault("JOBYARD_URL", "").isBlank()
                && !typed.isEmpty()
                && COMMANDS.contains(plain(typed.get(0)));
    }

    /**
     * Runs it.
     *
     * @param typed the line
     * @param environment the process's variables
     * @param in standard input
     * @param out standard output
     * @param err standard error
     * @return 0, or 1 if it was not done
     */
    public static int run(
            List<String> typed, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        RemoteScreen screen = new RemoteScreen(in, out, err);
        CommandLine line = new CommandLine(new RemoteHost(environment, screen));
        line.setOut(new java.io.PrintWriter(out, true))
                .setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setParameterExceptionHandler((e, words) -> screen.failed(misuse(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> screen.failed(e));
        List<String> words = new ArrayList<>(typed);
        words.replaceAll(RemoteLine::plain);
        return line.execute(words.toArray(String[]::new)) == 0 ? 0 : 1;
    }

    private static String plain(String word) {
        return word.startsWith("job:") && COMMANDS.contains(word.substring(4)) ? word.substring(4) : word;
    }

    private static String misuse(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String first = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : "";
        boolean isCommand = !first.isEmpty() && !first.startsWith("-") && command.equals("jobyard");
        String what = isCommand
                ? "'" + first + "' is not done by a host elsewhere; use "
                        + String.join(", ", new java.util.TreeSet<>(COMMANDS))
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return what + ": see '" + command + (command.equals("jobyard") ? " --url URL" : "") + " --help'";
    }
}
