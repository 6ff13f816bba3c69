// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Parser of the most frequent command lines. It avoids picocli, whose start takes longer than most commands. */
final class PlainLine {

    /** Words that are names of both a launcher and a host command; picocli finds the launcher's. */
    static final Set<String> LAUNCHER = Set.of("help", "console");

    private PlainLine() {}

    /** Returns the command of a line; null if the line needs the full parser. */
    static @Nullable Callable<Integer> read(Program program, List<String> typed) {
        if (typed.isEmpty() || typed.get(0).startsWith("-")) {
            return null;
        }
        HostCommandLine line = HostCommandLine.of(typed);
        Callable<Integer> own = typed.get(0).equals(line.word()) ? own(program, line) : null;
        return own != null ? own : host(program, line);
    }

    private static @Nullable Callable<Integer> own(Program program, HostCommandLine line) {
        List<String> words = line.words();
        if (words.equals(List.of("start"))) {
            return () -> StartCommand.start(program, instance(program, line), false);
        }
        if (words.equals(List.of("run", "--background"))) {
            return () -> RunCommand.run(program, instance(program, line), true, false);
        }
        if (words.size() == 2 && line.word().equals("shell") && !words.get(1).startsWith("-")) {
            return () -> ShellClient.run(ShellCommand.host(instance(program, line)), words.get(1));
        }
        return null;
    }

    private static @Nullable Callable<Integer> host(Program program, HostCommandLine line) {
        boolean known =
                !LAUNCHER.contains(line.word()) && HostCommands.of(program).has(line.word());
        return known ? () -> ShellClient.call(ShellCommand.host(instance(program, line)), line.words()) : null;
    }

    private static InstanceDirectory instance(Program program, HostCommandLine line) {
        return program.instance(line.instance());
    }
}
