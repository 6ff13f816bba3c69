// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.identity.StoredSession;
import java.util.List;

/** Sessions of those who have signed in. Their cookies are in none. */
public final class SessionView {

    /** One session. */
    public static final View<StoredSession> SESSION = View.<StoredSession>of(
                    "session", "A session of somebody who has signed in.")
            .text("id", "by what it is told apart", StoredSession::id)
            .text(
                    "who",
                    "whose it is, such as `user ann`",
                    session -> session.caller().toString())
            .text("address", "from where its user signed in", StoredSession::address)
            .instant("startedAt", "when", StoredSession::startedAt)
            .instant("usedAt", "when it was used last, to the minute", StoredSession::usedAt)
            .instant("until", "when it is over, unless it is used before", StoredSession::until);

    /** The sessions that are not over. */
    public static final View<List<StoredSession>> SESSIONS = View.<List<StoredSession>>of(
                    "sessions", "The sessions that are not over.")
            .list("sessions", SESSION, "each session, the latest used first", sessions -> sessions);

    /** A link that opens one session. */
    public static final View<String> LINK = View.<String>of("link", "A link that signs in once, within a minute.")
            .text("url", "the link", url -> url);

    private SessionView() {}
}
