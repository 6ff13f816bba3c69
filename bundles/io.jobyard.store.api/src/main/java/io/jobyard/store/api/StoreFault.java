// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

/** Meaning of a database's error for the store. */
public enum StoreFault {
    /** A row with this key exists. */
    DUPLICATE,
    /** The transaction was given up for another one; the same again may succeed at once. */
    CONFLICT,
    /** The connection or the database is gone; it may come back. Whether a commit was made is not known. */
    LOST,
    /** The database has no space for more now. */
    FULL,
    /** Stored data cannot be read as it was written: only a backup helps. */
    DAMAGED,
    /** Another host has ended the life of this one; the store finds out by itself, no error says so. */
    FENCED,
    /** Anything else: the same again fails again. */
    OTHER;

    /**
     * Whether the database is asked nothing any more.
     *
     * @return true for {@link #DAMAGED} and {@link #FENCED}
     */
    public boolean isFinished() {
        return this == DAMAGED || this == FENCED;
    }
}
