// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/**
 * One command. A {@link Function}, because Gogo hands its arguments over as they were typed: to methods it turns what
 * looks like a number into one, and the end of an id such as {@code 0012345e} would be lost.
 *
 * @param <O> its options
 */
abstract class JobCommand<O extends Options> implements Function {

    private final Invocation<O> invocation;

    JobCommand(Supplier<O> options) {
        invocation = new Invocation<>(options, this::run);
    }

    /**
     * Does the work and prints what came of it.
     *
     * @return the exit code
     */
    abstract int run(O options, Screen screen) throws InterruptedException;

    @Override
    public final @Nullable Object execute(CommandSession session, List<Object> arguments) {
        Process process = Process.Utils.current();
        int exit = call(arguments.stream().map(Arguments::text).toList(), Screen.of(session, process));
        if (exit != 0) {
            // Not an exception: the fault is printed already, and the session would print it a second time.
            process.error(exit);
        }
        return null;
    }

    final int call(List<String> arguments, Screen screen) {
        return invocation.call(arguments, screen);
    }
}
