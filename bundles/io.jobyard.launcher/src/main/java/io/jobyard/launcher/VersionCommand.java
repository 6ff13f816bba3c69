// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        System.out.println("Jobyard " + main.program().version() + " on Java " + Runtime.version());
        return 0;
    }
}
