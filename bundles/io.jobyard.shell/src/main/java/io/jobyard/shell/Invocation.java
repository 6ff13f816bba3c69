// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobyardException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Calls a command: reads its options, and turns whatever goes wrong into one line, or one JSON document, and exit 1. */
final class Invocation<O extends Options> {

    /** What a command does once its options are read. */
    interface Work<O> {
        int run(O options, Screen screen) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

    private final Supplier<O> options;
    private final Work<O> work;

    Invocation(Supplier<O> options, Work<O> work) {
        this.options = options;
        this.work = work;
    }

    int call(List<String> arguments, Screen screen) {
        boolean json = arguments.contains("--json");
        O values = options.get();
        CommandLine line = Usage.parser(values);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
            if (values.help) {
                screen.lines(Usage.text(line).stripTrailing());
                return 0;
            }
            return work.run(values, screen);
        } catch (ParameterException e) {
            String help = line.getCommandSpec().name() + " --help explains the options";
            return failed(screen, json, "usage", Usage.message(e) + "; " + help);
        } catch (UsageException e) {
            return failed(screen, json, "usage", e.getMessage());
        } catch (JobyardException e) {
            return failed(screen, json, e.code(), e.getMessage());
        } catch (InterruptedException e) {
            // The command ends here; who interrupted it knows. Flagged again, the interrupt would close the session's
            // streams under the next command.
            return 1;
        } catch (RuntimeException e) {
            LOG.error("{} failed", line.getCommandSpec().name(), e);
            return failed(screen, json, "internal", "an error in Jobyard: " + e + "; the host's log has the details");
        }
    }

    private static int failed(Screen screen, boolean json, String code, @Nullable String message) {
        String text = String.valueOf(message);
        if (json) {
            screen.json(Map.of("error", Json.object("code", code, "message", text)));
        } else {
            screen.error(text);
        }
        return 1;
    }
}
