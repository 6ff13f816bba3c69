// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "shell", description = "Run a command in the running host, or open its shell.")
final class ShellCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..1",
            paramLabel = "'COMMAND'",
            description =
                    "Command in quotes, for example 'job:list --limit 5'. It receives the standard input. Default: open"
                            + " the shell.")
    private @Nullable String command;

    @Override
    public Integer call() throws IOException {
        return ShellClient.run(host(main.instance()), command);
    }

    /** Returns the directory of the instance, if its host accepts commands. */
    static Path host(InstanceDirectory instance) throws IOException {
        HostLock.running(instance);
        if (!new Readiness(instance).now()) {
            throw new LaunchException("the host on " + instance.directory()
                    + " accepts no commands at the moment (it is starting, stopping, or waiting for its database); see "
                    + instance.log());
        }
        return instance.directory();
    }
}
