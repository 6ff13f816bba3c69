// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import io.jobyard.store.api.StoreFault;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Meaning of PostgreSQL errors, by the codes in appendix A of its manual. */
final class PostgresFaults {

    private static final int LONGEST = 300;

    /** SQL states of a transaction to repeat: deadlock, serialization failure, lock timeout, statement timeout. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03", "57014");

    /**
     * SQL states of an unavailable server: it stops, starts, or has too many connections; it has closed an idle session; or it is
     * read-only, for example a former primary.
     */
    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25006", "53300");

    /** SQL states of damage: a wrong page checksum, or a damaged index. */
    private static final Set<String> DAMAGED = Set.of("XX001", "XX002");

    private PostgresFaults() {}

    static StoreFault of(SQLException error) {
        StoreFault meaning = StoreFault.OTHER;
        for (Throwable next : error) { // a batch has its cause as the next exception
            if (next instanceof SQLException one && meaning == StoreFault.OTHER) {
                meaning = meaning(one);
            }
        }
        return meaning;
    }

    private static StoreFault meaning(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.equals("53100")) {
            return StoreFault.FULL;
        } else if (DAMAGED.contains(state)) {
            return StoreFault.DAMAGED;
        } else if (LOST.contains(state) || state.startsWith("08") || isOfConnections(error)) {
            return StoreFault.LOST;
        } else if (state.equals("23505")) {
            return StoreFault.DUPLICATE;
        } else if (state.equals("23502") && isOfFence(error)) {
            return StoreFault.FENCED;
        }
        return CONFLICTS.contains(state) ? StoreFault.CONFLICT : StoreFault.OTHER;
    }

    /**
     * SQL state of a fenced host. A row of the feed takes its incarnation from a subquery, which returns no row if the incarnation has
     * ended.
     */
    private static boolean isOfFence(SQLException error) {
        ServerErrorMessage said = error instanceof PSQLException one ? one.getServerErrorMessage() : null;
        return said != null && "feed".equals(said.getTable()) && "incarnation".equals(said.getColumn());
    }

    /** Returns whether the server reported that the transaction is undone: any error except the end of its session. */
    static boolean isUndone(SQLException error) {
        for (Throwable next : error) {
            if (next instanceof PSQLException one
                    && one.getServerErrorMessage() != null
                    && "ERROR".equals(one.getServerErrorMessage().getSeverity())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfConnections(SQLException error) {
        return error instanceof SQLTransientConnectionException
                || error instanceof SQLNonTransientConnectionException
                || error instanceof SQLRecoverableException;
    }

    /** Returns the message of the server. A batch's own message contains the statement with its values, and details quote rows. */
    static String reason(SQLException error) {
        String state = error.getSQLState();
        String reason = state == null
                ? String.valueOf(error.getMessage())
                : "SQLSTATE " + state; // an exception of the store itself has no server message
        for (Throwable next : error) {
            if (next instanceof PSQLException one) {
                ServerErrorMessage said = one.getServerErrorMessage();
                reason = said == null ? String.valueOf(one.getMessage()) : String.valueOf(said.getMessage());
            }
        }
        String line = reason.lines().findFirst().orElse("").strip();
        String bounded = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return bounded.endsWith(".") ? bounded.substring(0, bounded.length() - 1) : bounded;
    }
}
