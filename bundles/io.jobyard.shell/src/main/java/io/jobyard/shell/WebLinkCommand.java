// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.StateConflictException;
import io.jobyard.spi.WebAddress;
import io.jobyard.views.api.SessionView;
import picocli.CommandLine.Command;

@Command(
        name = "job:console",
        description = "Create a link that signs you in to the console once, within a minute. bin/jobyard console opens"
                + " it, and enables HTTP first if necessary.")
final class WebLinkCommand extends UserCommand {

    @Override
    LocalOnly local() {
        return new LocalOnly("open the host's address in a browser and sign in");
    }

    @Override
    Answer answer(CommandUser user) {
        WebAddress web = user.host()
                .web()
                .orElseThrow(() -> new StateConflictException(
                        "HTTP is not enabled on this host: write port = 8080 into etc/io.jobyard.http.cfg, or run"
                                + " bin/jobyard console, which does so"));
        String link = web.address() + "/enter?once=" + user.host().signIn().once(user.caller());
        return Answer.of(SessionView.LINK, link, (same, screen) -> screen.line(link));
    }
}
