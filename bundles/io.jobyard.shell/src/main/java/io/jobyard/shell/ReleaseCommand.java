// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.HandlerView;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job:release}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "release")
public final class ReleaseCommand extends UserCommand<ReleaseCommand.Line> {

    @Command(name = "job:release", description = "Let a bundle back that was set aside for the harm it did.")
    static final class Line extends UserOptions {

        @Parameters(
                index = "0",
                paramLabel = "BUNDLE",
                description =
                        "Its symbolic name, for all its versions; or 'NAME VERSION' for one, as job:handlers shows it.")
        String bundle = "";
    }

    @Activate
    public ReleaseCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        user.jobs().release(options.bundle);
        return Answer.of(HandlerView.RELEASED, options.bundle, "bundle " + options.bundle + " is let back");
    }
}
