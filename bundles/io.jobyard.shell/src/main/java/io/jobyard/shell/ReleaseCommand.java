// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.HandlerView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "job:release", description = "Let a bundle back that was set aside for the harm it did.")
final class ReleaseCommand extends UserCommand {

    @Parameters(
            index = "0",
            paramLabel = "BUNDLE",
            description =
                    "Its symbolic name, for all its versions; or 'NAME VERSION' for one, as job:handlers shows it.")
    String bundle = "";

    @Override
    Answer answer(CommandUser user) {
        user.jobs().release(bundle);
        return Answer.of(HandlerView.RELEASED, bundle, "bundle " + bundle + " is let back");
    }
}
