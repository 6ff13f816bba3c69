// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Time by a database's clock. An answer is the time at some moment between the question and its arrival, so the quickest of a few answers
 * counts (F. Cristian, <i>Probabilistic clock synchronization</i>, 1989).
 */
public final class DatabaseTime {

    /** Answer of the database, with the time of the question and its duration, in ticks of this host. */
    private record TimeAnswer(Instant at, long asked, long took) {}

    /** A database that is near answers within it, unless this machine or its own is busy. */
    private static final Duration QUICK = Duration.ofMillis(5);

    private static final int MOST_ANSWERS = 5;

    private final String question;

    /** Uses a clock in SQL. */
    public DatabaseTime(String clock) {
        question = "SELECT " + clock;
    }

    /** Reports the time, unless all answers take longer than {@code within} and are too imprecise. */
    public void tell(Session session, HostCandidate.HostTime clock, Duration within) throws SQLException {
        TimeAnswer quickest = ask(session);
        for (int answers = 1; answers < MOST_ANSWERS && quickest.took() > QUICK.toNanos(); answers++) {
            TimeAnswer next = ask(session);
            quickest = next.took() < quickest.took() ? next : quickest;
        }
        if (quickest.took() < within.toNanos()) {
            clock.goBy(quickest.at(), quickest.asked() + quickest.took() / 2);
        }
    }

    private TimeAnswer ask(Session session) throws SQLException {
        long asked = System.nanoTime();
        Instant at = session.list(question, row -> Utc.present(row, 1)).get(0);
        return new TimeAnswer(at, asked, System.nanoTime() - asked);
    }
}
