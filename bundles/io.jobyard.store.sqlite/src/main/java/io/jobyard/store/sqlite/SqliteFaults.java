// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import io.jobyard.store.api.StoreFault;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Meaning of SQLite's result codes, and of the SQLSTATEs with which this bundle reports its own errors. */
final class SqliteFaults {

    static final String NO_CONNECTION = "08001";
    static final String CONFLICT = "40001";
    static final String CORRUPT = "XX001";

    private static final int LONGEST = 300;

    /** The lowest byte of an extended result code is the code that the extended one belongs to. */
    private static final int PRIMARY = 0xff;

    private static final Set<SQLiteErrorCode> TAKEN = EnumSet.of(
            SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY,
            SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE,
            SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID);

    /** Bytes of a file are missing, or the file system itself reports damage. */
    private static final Set<SQLiteErrorCode> CUT =
            EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_SHORT_READ, SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS);

    private SqliteFaults() {}

    static StoreFault of(SQLException error) {
        Set<StoreFault> found = EnumSet.noneOf(StoreFault.class);
        for (Throwable next : error) {
            if (next instanceof SQLException one) {
                found.add(meaning(one));
            }
        }
        return Stream.of(
                        StoreFault.FULL, StoreFault.DAMAGED, StoreFault.DUPLICATE, StoreFault.CONFLICT, StoreFault.LOST)
                .filter(found::contains)
                .findFirst()
                .orElse(StoreFault.OTHER);
    }

    private static StoreFault meaning(SQLException error) {
        if (error instanceof SQLiteException known) {
            return meaning(known.getResultCode());
        }
        String state = String.valueOf(error.getSQLState());
        String message = String.valueOf(error.getMessage());
        if (state.equals(CORRUPT)) {
            return StoreFault.DAMAGED;
        } else if (state.equals(CONFLICT)) {
            return StoreFault.CONFLICT;
        }
        boolean isClosed = message.contains("connection closed") || message.contains("has been finalized");
        return isClosed || state.startsWith("08") || isOfConnections(error) ? StoreFault.LOST : StoreFault.OTHER;
    }

    private static boolean isOfConnections(SQLException error) {
        return error instanceof SQLTransientConnectionException || error instanceof SQLNonTransientConnectionException;
    }

    private static StoreFault meaning(SQLiteErrorCode code) {
        if (TAKEN.contains(code)) {
            return StoreFault.DUPLICATE;
        } else if (CUT.contains(code)) {
            return StoreFault.DAMAGED;
        } else if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return StoreFault.FULL; // the file that indexes the log cannot grow
        }
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY)) {
            case SQLITE_FULL -> StoreFault.FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> StoreFault.DAMAGED;
            case SQLITE_BUSY, SQLITE_LOCKED -> StoreFault.CONFLICT;
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PROTOCOL, SQLITE_INTERRUPT, SQLITE_NOMEM ->
                StoreFault.LOST;
            default -> StoreFault.OTHER;
        };
    }

    /** The last message of the chain. SQLite names tables and columns in its messages, and no values. */
    static String reason(SQLException error) {
        SQLException last = error;
        for (Throwable next : error) {
            if (next instanceof SQLException one && (one instanceof SQLiteException || one.getSQLState() != null)) {
                last = one;
            }
        }
        String line = String.valueOf(last.getMessage()).replaceAll("\\s+", " ").strip();
        if (of(error) == StoreFault.DAMAGED && last instanceof SQLiteException known) {
            line = damage("SQLite says " + known.getResultCode().name());
        }
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    static String damage(String where) {
        return "the database is damaged (" + where + ")";
    }
}
