// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HostStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.HostView;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:drain",
        description =
                "Let this host finish what it runs and start nothing more, and say when it is idle. Ctrl-C ends the"
                        + " waiting, not the drain. Other hosts of the database do its jobs, where they can.")
final class DrainCommand extends UserCommand {

    private static final long TURN_MILLIS = 500;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "HOST",
            description =
                    "Its name, as job:hosts shows it; this host if left out. Only this one can be drained from here.")
    @Nullable
    String host;

    @Option(names = "--end", description = "Let it start jobs again.")
    boolean end;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        if (end) {
            user.jobs().endDrain(host);
            HostStatus now = find(user.status());
            return Answer.of(HostView.HOST, now, "host " + now.name() + " starts jobs again");
        }
        user.jobs().drain(host);
        HostStatus now = find(user.status());
        if (!json && now.running() > 0) {
            user.screen().line("host " + now.name() + " drains; jobs that it still runs: " + now.running());
        }
        while (now.running() > 0) {
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
            now = find(user.status());
        }
        return Answer.of(
                HostView.HOST, now, "host " + now.name() + " is idle; job:drain --end lets it start jobs again");
    }

    /** The one that was named; this host if none was: the drain has refused all others. */
    private HostStatus find(StatusReporter status) {
        return status.hosts().stream()
                .filter(each -> host == null
                        ? each.here()
                        : each.name().equals(host) || each.name().startsWith(host + ":"))
                .findFirst()
                .orElseThrow(() -> new ValidationException("no host is called " + host + "; job:hosts shows all"));
    }
}
