// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HostStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.HostView;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:drain",
        description = "Drain a host: let it finish its running jobs and start no more, and wait until it is idle."
                + " Ctrl-C stops the waiting, not the drain. Other hosts of the database run its jobs, if they have"
                + " the handlers.")
final class DrainCommand extends UserCommand {

    private static final long TURN_MILLIS = 250;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "HOST",
            description = "Host name, as listed by job:hosts, with or without its process number (default: this host).")
    @Nullable
    String host;

    @Option(names = "--end", description = "End the drain: start jobs again.")
    boolean end;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        user.status().hosts(); // refuses a user who may not see hosts before any change
        if (end) {
            user.jobs().endDrain(host);
            return follow(user, find(user.status()), each -> each.draining() ? null : "starts jobs again");
        }
        user.jobs().drain(host);
        HostStatus now = find(user.status());
        if (!json && now.load().running() > 0) {
            user.screen()
                    .line("host " + now.name() + " is draining; jobs still running: "
                            + now.load().running());
        }
        String idle = "is idle; job:drain --end " + (now.here() ? "" : now.name() + " ") + "makes it start jobs again";
        AtomicBoolean drained = new AtomicBoolean(); // another host receives the drain request a moment later
        return follow(user, now, each -> {
            if (each.draining()) {
                drained.set(true);
                return each.load().running() == 0 ? idle : null;
            }
            return drained.get() ? "starts jobs again: another session ended its drain" : null;
        });
    }

    private HostStatus find(StatusReporter status) {
        return status.hosts().stream()
                .filter(each -> host == null
                        ? each.here()
                        : each.name().equals(host) || each.name().startsWith(host + ":"))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown host " + host + "; job:hosts lists all hosts"));
    }

    /** Waits until {@code end} returns a text for the host's state, or the host has ended. */
    private static Answer follow(CommandUser user, HostStatus first, Function<HostStatus, @Nullable String> end)
            throws InterruptedException {
        HostStatus last = first;
        while (true) {
            Optional<HostStatus> now = user.status().hosts().stream()
                    .filter(each ->
                            each.life().incarnation().equals(first.life().incarnation()))
                    .findFirst();
            if (now.isEmpty()) {
                return Answer.of(HostView.HOST, last, "host " + first.name() + " has ended");
            }
            last = now.get();
            String words = end.apply(last);
            if (words != null) {
                return Answer.of(HostView.HOST, last, "host " + last.name() + " " + words);
            }
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
        }
    }
}
