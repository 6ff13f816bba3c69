// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:release}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "release")
public final class ReleaseCommand extends JobCommand<ReleaseCommand.Line> {

    @Command(name = "job:release", description = "Let a bundle back that was set aside for the harm it did.")
    static final class Line extends UserOptions {

        @Parameters(
                index = "0",
                paramLabel = "BUNDLE",
                description =
                        "Its symbolic name, for all its versions; or 'NAME VERSION' for one, as job:handlers shows it.")
        String bundle = "";
    }

    private final Callers callers;

    /**
     * Made by Declarative Services.
     *
     * @param callers know whom it speaks for
     */
    @Activate
    public ReleaseCommand(@Reference Callers callers) {
        super(Line::new);
        this.callers = callers;
    }

    @Override
    int run(Line options, Screen screen) {
        callers.jobs(options, screen).release(options.bundle);
        if (options.json) {
            screen.json(Json.object("bundle", options.bundle, "state", "released"));
        } else {
            screen.line("bundle " + options.bundle + " is let back");
        }
        return 0;
    }
}
