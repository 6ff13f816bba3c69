// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.HandlerView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "job:release", description = "Release a quarantined bundle.")
final class ReleaseCommand extends UserCommand {

    @Parameters(
            index = "0",
            paramLabel = "BUNDLE",
            description =
                    "Symbolic name of the bundle, for all versions; or 'NAME VERSION' for one version, as listed by"
                            + " job:handlers.")
    String bundle = "";

    @Override
    Answer answer(CommandUser user) {
        user.jobs().release(bundle);
        return Answer.of(HandlerView.RELEASED, bundle, "bundle " + bundle + " released");
    }
}
