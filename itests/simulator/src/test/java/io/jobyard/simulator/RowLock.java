// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

/** How a transaction holds a row until it ends, as PostgreSQL has it. */
enum RowLock {
    /** {@code FOR KEY SHARE}: so that nobody removes it, or locks it to end it. */
    KEY_SHARE,
    /** {@code FOR SHARE}: so that nobody changes it. */
    SHARE,
    /** Of a plain update, which leaves the key alone. */
    UPDATE,
    /** {@code FOR UPDATE}, and a removal. */
    FOR_UPDATE;

    /** Whether another transaction may hold the row so meanwhile. */
    boolean allows(RowLock other) {
        return ordinal() + other.ordinal() < FOR_UPDATE.ordinal();
    }
}
