// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HostStatus;
import java.util.List;

/** Lists hosts. */
final class HostsCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("hosts", "").form(Form.of("listHosts", HostsCommand::print));

    private HostsCommand() {}

    private static void print(List<HostStatus> hosts, Screen screen) {
        Table table = new Table("HOST", "STATE", "THREADS", "ASYNC", "HANDLERS", "SINCE", "VERSION");
        hosts.forEach(host -> table.row(
                host.name(),
                (host.draining() ? "draining" : "active") + (host.leader() ? ", leader" : ""),
                host.load().running() + "/" + host.load().room(),
                host.load().asyncRunning() + "/" + host.load().asyncRoom(),
                host.handlers().size(),
                JobText.time(host.life().since()),
                host.life().version()));
        table.print(screen);
    }
}
