// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

/** Meaning of a database's error for the store. */
public enum StoreFault {
    /** A row with this key exists. */
    DUPLICATE,
    /** The database aborted the transaction because of another transaction. The same transaction may succeed immediately. */
    CONFLICT,
    /** The connection or the database is not available, maybe temporarily. The result of a commit is unknown. */
    LOST,
    /** The database has no free space now. */
    FULL,
    /** Stored data is corrupt. Only a backup helps. */
    DAMAGED,
    /** Another host has ended this host's incarnation. The store detects this itself; no error reports it. */
    FENCED,
    /** Any other error, which a repetition does not fix. */
    OTHER;

    /**
     * Returns whether the host must stop using the database.
     *
     * @return true for {@link #DAMAGED} and {@link #FENCED}
     */
    public boolean isFinished() {
        return this == DAMAGED || this == FENCED;
    }
}
