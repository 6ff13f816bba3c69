// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.Session;

/**
 * Has EclipseLink ask a database that is away once. By itself it asks three times more, 5 s apart, and keeps a reader for
 * 15 s. Made by EclipseLink, by its name in {@code persistence.xml}.
 */
public final class NoQueryRetries implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
