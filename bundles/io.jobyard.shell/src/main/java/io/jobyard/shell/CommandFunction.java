// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobyardException;
import io.jobyard.views.api.ChangeView;
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
 * A command as Gogo calls it. A {@link Function}, because Gogo hands its arguments over as they were typed: to methods it
 * turns what looks like a number into one, and the end of an id such as {@code 0012345e} would be lost. Whatever goes
 * wrong becomes one line, or one JSON document, and exit 1.
 */
record CommandFunction(Supplier<? extends JobCommand> command, ShellServices host) implements Function {

    private static final Logger LOG = LoggerFactory.getLogger(CommandFunction.class);

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) {
        Process process = Process.Utils.current();
        int exit = call(arguments.stream().map(Arguments::text).toList(), Screen.of(session, process));
        if (exit != 0) {
            // Not an exception: the fault is printed already, and the session would print it a second time.
            process.error(exit);
        }
        return null;
    }

    /** Returns the exit code. */
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
            return failed(screen, json, "usage", OptionParser.message(e) + "; " + help);
        } catch (UsageException e) {
            return failed(screen, json, "usage", e.getMessage());
        } catch (JobNotFoundException e) {
            return failed(screen, json, e.code(), e.getMessage() + (json ? "" : "; job:list shows the jobs there are"));
        } catch (JobyardException e) {
            return failed(screen, json, e.code(), e.getMessage());
        } catch (InterruptedException e) {
            // The command ends here; who interrupted it knows. Flagged again, the interrupt would close the session's
            // streams under the next command.
            return 1;
        } catch (RuntimeException e) {
            LOG.error("{} failed", Commands.name(line), e);
            return failed(screen, json, "internal", "an error in Jobyard: " + e + "; the host's log has the details");
        }
    }

    private static void refuseElsewhere(JobCommand called, CommandLine line, Screen screen) {
        LocalOnly local = called.local();
        if (local != null && !screen.isLocal()) {
            local.refuse(line);
        }
    }

    private static int failed(Screen screen, boolean json, String code, @Nullable String message) {
        if (json) {
            screen.json(ChangeView.ERROR.json(new ChangeView.Fault(code, String.valueOf(message))));
        } else {
            screen.error(String.valueOf(message));
        }
        return 1;
    }
}
