// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.RequestFault;
import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Command for Gogo. It is a {@link Function} because Gogo converts arguments of methods that look like numbers, which
 * would change the end of an id, for example {@code 0012345e}. An exception becomes one line, or one JSON document,
 * and the exit code for its error code.
 */
record CommandFunction(Supplier<? extends JobCommand> command, ShellServices host) implements Function {

    static CommandFunction of(CommandEntry entry, ShellServices host) {
        return new CommandFunction(() -> entry.maker().apply(host::operations), host);
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommandFunction.class);

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) {
        Process process = Process.Utils.current();
        int exit = call(arguments.stream().map(Arguments::text).toList(), Screen.of(session, process));
        if (exit != 0) {
            // Not an exception: the error is already printed, and the session would print it a second time.
            process.error(exit);
        }
        return null;
    }

    /** Runs the command and returns its exit code. */
    int call(List<String> arguments, Screen screen) {
        boolean json = arguments.contains("--json");
        JobCommand called = command.get();
        CommandLine line = OptionParser.of(called);
        try {
            if (!arguments.contains("--help")) {
                refuseElsewhere(called, line, screen);
            }
            line.parseArgs(arguments.toArray(String[]::new));
            if (called.help) {
                screen.lines(OptionParser.explain(line).stripTrailing());
                return 0;
            }
            refuseElsewhere(called, line, screen);
            return called.answer(host, screen).print(called.json, screen);
        } catch (ParameterException e) {
            String help = Commands.name(line) + " --help explains the options";
            return failed(screen, json, OptionParser.fault(e, help));
        } catch (UsageException e) {
            return failed(screen, json, e.fault());
        } catch (JobyardException e) {
            return failed(screen, json, called.fault(e));
        } catch (InterruptedException e) {
            // The command ends here, and the interrupting thread knows it. With the interrupt flag set again, the
            // session would close its streams during the next command.
            return 1;
        } catch (RuntimeException e) {
            LOG.error("{} failed", Commands.name(line), e);
            String text = "an error in Jobyard: " + e + "; the host's log has the details";
            return failed(screen, json, RequestFault.of(ErrorCode.INTERNAL, text));
        }
    }

    private static void refuseElsewhere(JobCommand called, CommandLine line, Screen screen) {
        LocalOnly local = called.local();
        if (local != null && !screen.isLocal()) {
            local.refuse(line);
        }
    }

    /** Prints an error and returns the exit code. */
    static int failed(Screen screen, boolean json, RequestFault fault) {
        if (json) {
            screen.json(ErrorView.ERROR.json(fault));
        } else if (fault.errors().size() > 1) {
            fault.errors().forEach(error -> screen.error(error.message()));
        } else {
            screen.error(fault.line());
        }
        return fault.code().exit();
    }
}
