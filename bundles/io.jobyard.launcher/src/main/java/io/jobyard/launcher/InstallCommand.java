// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.text.Spelling;
import io.jobyard.spi.text.VisibleText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "install",
        description = "Install the example job types by copying their bundle into deploy/. A running host deploys the"
                + " bundle at once.")
final class InstallCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "NAME", description = "Name of the bundle to install: " + Examples.NAME + ".")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!name.equals(Examples.NAME)) {
            throw new LaunchException("unknown bundle '" + name + "'" + Spelling.hint(name, List.of(Examples.NAME))
                    + ": use " + Examples.NAME);
        }
        InstanceDirectory instance = main.instance();
        Examples examples = new Examples(main.program(), instance);
        boolean copied = examples.install();
        if (new Readiness(instance).now()) {
            new DeployReport(instance).print(System.err, examples.installed());
        }
        System.out.println(VisibleText.line((copied ? "installed " : "already installed: ")
                + String.join(", ", examples.types()) + " (" + examples.installed() + ")"));
        return 0;
    }
}
