// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.Session;

/**
 * Makes EclipseLink query an unavailable database only once. By default, it retries three times with pauses of 5 s, which blocks a reader
 * for 15 s. EclipseLink creates it by its name in {@code persistence.xml}.
 */
public final class NoQueryRetries implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
