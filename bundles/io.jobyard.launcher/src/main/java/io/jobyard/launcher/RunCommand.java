// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "run",
        description = "Run the host in the foreground until it is stopped; on a terminal, with its shell.")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--new-store", description = StartCommand.NEW_STORE)
    private boolean newStore;

    /** Whether standard output is the instance's console file. Set by {@code start}. */
    @Option(names = "--background", hidden = true)
    private boolean background;

    @Override
    public Integer call() throws Exception {
        return run(main.program(), main.instance(), background, newStore);
    }

    static int run(Program program, InstanceDirectory instance, boolean background, boolean newStore) throws Exception {
        if (background) {
            BoundedConsole.install(instance);
        }
        new Host(program, instance).run(newStore);
        return 0;
    }
}
