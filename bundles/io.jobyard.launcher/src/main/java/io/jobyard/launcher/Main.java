// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import io.jobyard.spi.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code bin/jobyard}. It exits with 0, or with the exit status of an error, and prints an error as one line on
 * standard error.
 */
@Command(
        name = "jobyard",
        synopsisSubcommandLabel = "COMMAND",
        description = "A durable job host on OSGi.",
        subcommands = {
            RunCommand.class,
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            ShellCommand.class,
            ConsoleCommand.class,
            RestoreCommand.class,
            MoveStoreCommand.class,
            InstallCommand.class,
            DemoCommand.class,
            ModelServerCommand.class,
            ArchiveClassesCommand.class,
            VersionCommand.class,
            HelpCommand.class,
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--instance",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Directory of etc/, data/ and deploy/. Default: $JOBYARD_INSTANCE, or the program's directory.")
    private @Nullable Path instance;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Describe the command.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final Program program;

    private Main(Program program) {
        this.program = program;
    }

    /**
     * Runs one command.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(execute(Program.current(), arguments));
    }

    static int execute(Program program, String... arguments) {
        List<String> typed = List.of(arguments);
        try {
            RemoteLine remote = RemoteLine.of(program, typed, System.getenv());
            if (remote != null) {
                return remote.run(program);
            }
            Callable<Integer> plain = PlainLine.read(program, typed);
            return plain != null ? plain.call() : line(program).execute(arguments);
        } catch (Exception e) {
            return failed(e);
        }
    }

    private static CommandLine line(Program program) {
        CommandLine line = new CommandLine(new Main(program))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        // The host parses the arguments of its own commands.
        line.getCommandSpec().parser().stopAtUnmatched(true).unmatchedArgumentsAllowed(true);
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> HostCommands.of(program).text()
                                + "To run commands on a remote host, set --url URL or $JOBYARD_URL: see 'jobyard --url URL --help'.%n"
                                        .formatted());
        return line;
    }

    /** Returns the names of the launcher's own commands. */
    static Set<String> own(Program program) {
        return line(program).getSubcommands().keySet();
    }

    /** Called for a command that is not the launcher's own. */
    @Override
    public Integer call() throws IOException {
        List<String> words = spec.commandLine().getUnmatchedArguments();
        if (words.isEmpty()) {
            spec.commandLine().usage(System.err);
            return 1;
        }
        if (words.get(0).startsWith("-")) {
            throw new UnmatchedArgumentException(spec.commandLine(), words);
        }
        return job(words);
    }

    /** Runs a command of the host and passes its arguments on unchanged. */
    int job(List<String> words) throws IOException {
        HostCommandLine call = HostCommandLine.of(words);
        InstanceDirectory where = call.instance() == null ? instance() : new InstanceDirectory(call.instance());
        require(call.word(), where);
        return ShellClient.call(ShellCommand.host(where), call.words());
    }

    /** Throws if the host has no such command. A bundle of a running host may add commands, unless it is a misspelling. */
    void require(String word, InstanceDirectory where) throws IOException {
        HostCommands known = HostCommands.of(program);
        if (known.has(word)) {
            return;
        }
        List<String> all = new ArrayList<>(spec.subcommands().keySet());
        all.addAll(known.names());
        String hint = Spelling.hint(word, all);
        if (!hint.isEmpty() || HostLock.holder(where).isEmpty()) {
            throw new LaunchException(
                    "unknown command '" + word + "'" + hint + "; see 'jobyard help'", ErrorCode.USAGE.exit());
        }
    }

    Program program() {
        return program;
    }

    InstanceDirectory instance() {
        return program.instance(instance);
    }

    private static int misused(ParameterException e, String[] arguments) {
        complain(LineFault.line(e));
        return ErrorCode.USAGE.exit();
    }

    private static int failed(Exception e) {
        complain(e instanceof LaunchException ? String.valueOf(e.getMessage()) : e.toString());
        return e instanceof LaunchException known ? known.exit() : ErrorCode.INTERNAL.exit();
    }

    private static void complain(String what) {
        System.err.println("jobyard: " + VisibleText.line(what));
    }
}
