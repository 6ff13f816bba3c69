// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.sqlite.EmbeddedSqlite;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The embedded databases, each with a database that is soon made, and with its own errors. */
enum EmbeddedKind {
    DERBY {
        @Override
        StoreDialect dialect(Path folder) {
            return new EmbeddedDerby(folder).dialect();
        }

        /** The database is the same for all of this process: what was compiled for one is there for the next. */
        @Override
        String url(Path folder) {
            return "jdbc:derby:memory:rig;create=true";
        }

        @Override
        SQLException failure(NthCall.Kind kind, String message) {
            return new SQLException(
                    message,
                    switch (kind) {
                        case OTHER -> "XJ001";
                        case LOST -> "08006";
                        case FULL -> "XSDG1";
                        case CONFLICT -> "40001";
                    });
        }

        @Override
        void shutDown(StoreDialect dialect) {}
    },
    SQLITE {
        @Override
        StoreDialect dialect(Path folder) {
            return new EmbeddedSqlite().dialect();
        }

        @Override
        String url(Path folder) {
            return EmbeddedSqlite.url(folder.resolve("rig.db"));
        }

        @Override
        SQLException failure(NthCall.Kind kind, String message) {
            return new SQLiteException(
                    message,
                    switch (kind) {
                        case OTHER -> SQLiteErrorCode.SQLITE_ERROR;
                        case LOST -> SQLiteErrorCode.SQLITE_IOERR_READ;
                        case FULL -> SQLiteErrorCode.SQLITE_FULL;
                        case CONFLICT -> SQLiteErrorCode.SQLITE_BUSY;
                    });
        }

        @Override
        void shutDown(StoreDialect dialect) {
            EmbeddedSqlite.shutDown(dialect);
        }
    };

    abstract StoreDialect dialect(Path folder);

    abstract String url(Path folder);

    abstract SQLException failure(NthCall.Kind kind, String message);

    abstract void shutDown(StoreDialect dialect);
}
