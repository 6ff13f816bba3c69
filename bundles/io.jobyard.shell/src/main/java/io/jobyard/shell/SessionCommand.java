// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.identity.StoredSession;
import java.util.List;

/** Lists and revokes sessions. */
final class SessionCommand {

    static final DerivedCommand COMMAND = new DerivedCommand("session", "List or revoke console sessions.")
            .form(Form.of("listSessions", SessionCommand::print).at("list"))
            .form(Form.of("revokeSession", SessionCommand::revoked).at("revoke").named("id", "SESSION"));

    private SessionCommand() {}

    private static void revoked(StoredSession session, Screen screen) {
        screen.line("session " + session.id() + " of " + session.caller() + " revoked");
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
