// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.views.api.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:session",
        sortOptions = false,
        description = "List or revoke console sessions.",
        customSynopsis = {"job:session list [--as USER] [--json]", "       job:session revoke ID [--as USER] [--json]"})
final class SessionCommand extends UserCommand {

    static final List<String> WHAT = List.of("list", "revoke");

    @Parameters(index = "0", paramLabel = "VERB", description = "list or revoke.")
    String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SESSION", description = "Session ID, as listed.")
    @Nullable
    String id;

    @Override
    Answer answer(CommandUser user) {
        Identities identities = user.host().identities();
        if (what.equals("list")) {
            return Answer.of(SessionView.SESSIONS, identities.sessions(user.caller()), SessionCommand::print);
        } else if (!what.equals("revoke")) {
            throw UsageException.verb(what, "a session", WHAT);
        } else if (id == null) {
            throw new UsageException("missing session: job:session revoke SESSION");
        }
        StoredSession revoked = identities.revokeSession(user.caller(), id);
        return Answer.of(
                SessionView.SESSION, revoked, "session " + revoked.id() + " of " + revoked.caller() + " revoked");
    }

    private static void print(List<StoredSession> sessions, Screen screen) {
        if (sessions.isEmpty()) {
            screen.line("no sessions");
            return;
        }
        Table table = new Table("SESSION", "WHO", "FROM", "SINCE", "LAST USED", "UNTIL");
        sessions.forEach(session -> table.row(
                session.id(),
                session.caller(),
                session.address(),
                JobText.time(session.startedAt()),
                JobText.time(session.usedAt()),
                JobText.time(session.until())));
        table.print(screen);
    }
}
