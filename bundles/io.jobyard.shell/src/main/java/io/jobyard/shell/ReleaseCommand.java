// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job:release}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "release")
public final class ReleaseCommand extends JobCommand<ReleaseCommand.Line> {

    @Command(name = "job:release", description = "Let a bundle back that was set aside for the harm it did.")
    static final class Line extends Options {

        @Parameters(
                index = "0",
                paramLabel = "BUNDLE",
                description =
                        "Its symbolic name, for all its versions; or 'NAME VERSION' for one, as job:handlers shows it.")
        String bundle = "";

        @Option(names = "--as", paramLabel = "USER", description = "Speak for this user.")
        String as = "";
    }

    private final JobManager manager;

    /**
     * Made by Declarative Services.
     *
     * @param manager lets the bundle back
     */
    @Activate
    public ReleaseCommand(@Reference JobManager manager) {
        super(Line::new);
        this.manager = manager;
    }

    @Override
    int run(Line options, Screen screen) {
        manager.as(options.as.isEmpty() ? screen.user() : options.as).release(options.bundle);
        if (options.json) {
            screen.json(Json.object("bundle", options.bundle, "state", "released"));
        } else {
            screen.line("bundle " + options.bundle + " is let back");
        }
        return 0;
    }
}
