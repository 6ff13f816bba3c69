// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.identity.StoredSession;
import java.util.List;

/** Views of sessions of signed-in users. No view contains a session's cookie. */
public final class SessionView {

    /** One session. */
    public static final View<StoredSession> SESSION = View.<StoredSession>of(
                    "session", "A session of a signed-in user.")
            .text("id", "session ID", StoredSession::id)
            .text(
                    "who",
                    "caller, for example `user ann`",
                    session -> session.caller().toString())
            .text("address", "client address at sign-in", StoredSession::address)
            .instant("startedAt", "when", StoredSession::startedAt)
            .instant("usedAt", "time of the last use, to the minute", StoredSession::usedAt)
            .instant("until", "time at which the session ends unless it is used before", StoredSession::until);

    /** The active sessions. */
    public static final View<List<StoredSession>> SESSIONS = View.<List<StoredSession>>of(
                    "sessions", "The current sessions.")
            .list("sessions", SESSION, "the sessions, most recently used first", sessions -> sessions);

    /** A link that opens one session. */
    public static final View<String> LINK = View.<String>of("link", "A link that signs in once, within a minute.")
            .text("url", "the link", url -> url);

    private SessionView() {}
}
