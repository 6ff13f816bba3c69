// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HostStatus;
import io.jobyard.views.api.HostView;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "job:hosts", description = "List the hosts that share the database, and the load of each.")
final class HostsCommand extends UserCommand {

    @Override
    Answer answer(CommandUser user) {
        return Answer.of(HostView.HOSTS, user.status().hosts(), HostsCommand::print);
    }

    private static void print(List<HostStatus> hosts, Screen screen) {
        Table table = new Table("HOST", "STATE", "RUNNING", "ROOM", "HANDLERS", "SINCE", "VERSION");
        hosts.forEach(host -> table.row(
                host.name(),
                (host.draining() ? "draining" : "active") + (host.leader() ? ", leader" : ""),
                host.load().running(),
                host.load().room(),
                host.handlers().size(),
                JobText.time(host.life().since()),
                host.life().version()));
        table.print(screen);
    }
}
